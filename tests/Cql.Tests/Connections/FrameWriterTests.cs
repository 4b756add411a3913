using S3Cassandra.Cql.Connections;
using S3Cassandra.Cql.Protocol;
using S3Cassandra.Cql.Protocol.Requests;
using S3Cassandra.Support;

namespace S3Cassandra.Cql.Tests.Connections;

public class FrameWriterTests
{
    /// <summary>Far more than the writer needs for one look at its queue, on any machine.</summary>
    private static readonly TimeSpan Hanging = TimeSpan.FromMinutes(5);

    private const int Senders = 4;
    private const int RequestsPerSender = 20_000;

    [Fact]
    public async Task A_request_that_comes_after_the_end_keeps_no_thread_busy()
    {
        Exception? ended = null;
        using var stream = new MemoryStream();
        var writer = new FrameWriter(new PlainFraming(stream), TimeProvider.System, failure => ended = failure);
        writer.Dispose();
        var request = PendingRequest.Rent();
        request.Encode(new OptionsRequest(), ProtocolVersion.V4, FrameFlags.None);
        writer.Enqueue(request);
        await Task.Run(((IThreadPoolWorkItem)writer).Execute, TestContext.Current.CancellationToken).WaitAsync(Hanging, TestContext.Current.CancellationToken);
        Assert.IsType<OperationCanceledException>(ended, exactMatch: false);
        Assert.Equal(0, stream.Length);
        Assert.True(request.TryWithdraw());
    }

    [Fact]
    public async Task Every_request_is_written_once_whoever_sends_and_gathers()
    {
        Exception? failure = null;
        await using var stream = new CountingStream();
        using var writer = new FrameWriter(new PlainFraming(stream), TimeProvider.System, e => failure = e);
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(() => Send(writer, sender), TestContext.Current.CancellationToken)));
        const long Expected = (long)Senders * RequestsPerSender * FrameHeader.Size;
        await Eventually.HoldsAsync(() => failure is not null || stream.Written >= Expected);
        Assert.Null(failure);
        Assert.Equal(Expected, stream.Written);
    }

    /// <summary>Sends frames without a body: half of the senders one by one, half by gathering a few.</summary>
    private static void Send(FrameWriter writer, int sender)
    {
        var random = new Random(sender);
        for (var sent = 0; sent < RequestsPerSender;)
        {
            var gathered = sender % 2 == 0 ? GatheredWrites.Begin() : null;
            for (var i = random.Next(1, 5); i > 0 && sent < RequestsPerSender; i--, sent++)
            {
                var request = PendingRequest.Rent();
                request.Encode(new OptionsRequest(), ProtocolVersion.V4, FrameFlags.None);
                writer.Enqueue(request);
            }
            gathered?.Write();
        }
    }
}
