using S3Cassandra.Cql.Connections;
using S3Cassandra.Cql.Protocol;
using S3Cassandra.Cql.Protocol.Requests;

namespace S3Cassandra.Cql.Tests.Connections;

public class FrameWriterTests
{
    /// <summary>Far more than the writer needs for one look at its queue.</summary>
    private static readonly TimeSpan Hanging = TimeSpan.FromSeconds(30);

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
}
