using S3Cassandra.Cql.Connections;
using S3Cassandra.Support;

namespace S3Cassandra.Cql.Tests.Connections;

/// <summary>Callers go on where their answers were read. What one of them does there keeps no other from its answer.</summary>
public class CallerTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromHours(1);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_caller_that_blocks_its_thread_keeps_nobody_from_the_answers_read_with_its_own()
    {
        await using var peer = new Peer();
        await using var connection = await peer.ConnectAsync(Lasting);
        using var told = new CountdownEvent(3);
        var blocking = AskAsync(connection, () => Assert.True(told.WaitHandle.WaitOne(Timeout)));
        var others = Enumerable.Range(0, 3).Select(_ => AskAsync(connection, () => told.Signal())).ToArray();
        await peer.AnswerTogetherAsync(await ReadAsync(peer, 4), Blob.Of(7));
        await Eventually.HoldsAsync(() => Ticks(peer) && blocking.IsCompleted);
        await Task.WhenAll([blocking, .. others]);
    }

    [Fact]
    public async Task What_a_caller_sends_before_it_blocks_its_thread_is_sent()
    {
        await using var peer = new Peer();
        await using var connection = await peer.ConnectAsync(Lasting);
        var blocking = AskAsync(connection, () => Assert.True(((IAsyncResult)AskAsync(connection, () => { })).AsyncWaitHandle.WaitOne(Timeout)));
        await peer.AnswerTogetherAsync(await ReadAsync(peer, 1), Blob.Of(7));
        var sent = ReadAsync(peer, 1);
        await Eventually.HoldsAsync(() => Ticks(peer) && sent.IsCompleted);
        await peer.AnswerTogetherAsync(await sent, Blob.Of(7));
        await Eventually.HoldsAsync(() => Ticks(peer) && blocking.IsCompleted);
        await blocking;
    }

    [Fact]
    public async Task Another_thread_s_request_does_not_wait_for_a_caller_that_blocks()
    {
        await using var peer = new Peer();
        await using var connection = await peer.ConnectAsync(Lasting);
        using var answered = new ManualResetEventSlim();
        var sending = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task? gathered = null;
        var blocking = AskAsync(connection, () =>
        {
            gathered = AskAsync(connection, () => { });
            sending.SetResult();
            Assert.True(answered.WaitHandle.WaitOne(Timeout));
        });
        await peer.AnswerTogetherAsync(await ReadAsync(peer, 1), Blob.Of(7));
        await sending.Task;

        // No tick comes: the clock stands still.
        var other = AskAsync(connection, answered.Set);
        await peer.AnswerTogetherAsync(await ReadAsync(peer, 2), Blob.Of(7));
        await Task.WhenAll(other, blocking, gathered!);
    }

    private static ConnectionOptions Lasting(ConnectionOptions options) => options with
    {
        HeartbeatInterval = Timeout,
        WaitingHeartbeatInterval = Timeout,
        HeartbeatTimeout = Timeout,
    };

    private static bool Ticks(Peer peer)
    {
        peer.Time.Advance(Tick);
        return true;
    }

    private static async Task<List<short>> ReadAsync(Peer peer, int count)
    {
        var ids = new List<short>();
        for (var i = 0; i < count; i++)
        {
            ids.Add((await peer.ReadAsync()).Header.StreamId);
        }
        return ids;
    }

    private static async Task AskAsync(Connection connection, Action next)
    {
        var response = await connection.SendAsync(Blob.Of(1), Timeout, Token);
        response.Body.Release();
        next();
    }
}
