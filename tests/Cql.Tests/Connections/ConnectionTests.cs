using S3Cassandra.Cql.Buffers;
using S3Cassandra.Cql.Connections;
using S3Cassandra.Support;

namespace S3Cassandra.Cql.Tests.Connections;

public class ConnectionTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    public static TheoryData<ProtocolVersion> Versions => [ProtocolVersion.V4, ProtocolVersion.V5];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Answers_in_any_order_reach_their_requests(ProtocolVersion version)
    {
        await using var peer = new Peer(version);
        await using var connection = await peer.ConnectAsync();
        var requests = Enumerable.Range(0, 100).Select(i => AskAsync(connection, i)).ToArray();
        List<(short Id, int Value)> asked = [];
        for (var i = 0; i < requests.Length; i++)
        {
            var (header, body) = await peer.ReadAsync();
            asked.Add((header.StreamId, Blob.ToInt(body)));
        }
        asked.Reverse();
        foreach (var (id, value) in asked)
        {
            await peer.AnswerAsync(id, Blob.Of(value * 7));
        }
        Assert.Equal(Enumerable.Range(0, 100).Select(i => i * 7), await Task.WhenAll(requests));
        Assert.Equal(0, connection.InFlight);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Large_values_go_and_come_byte_for_byte(ProtocolVersion version)
    {
        await using var peer = new Peer(version);
        await using var connection = await peer.ConnectAsync();
        foreach (var size in (int[])[FrameBuffer.ByReferenceMinimum - 1, FrameBuffer.ByReferenceMinimum, 131_071 - 9, 131_071, 131_072, 1 << 20, (3 << 20) + 5])
        {
            var bytes = new byte[size];
            Random.Shared.NextBytes(bytes);
            var asking = connection.SendAsync(new Blob(bytes), Timeout, Token).AsTask();
            var (header, body) = await peer.ReadAsync();
            Assert.Equal(bytes, body);
            var answering = peer.AnswerAsync(header.StreamId, new Blob(body));
            var response = await asking;
            await answering;
            Assert.Equal(bytes, response.Body.Span);
            response.Body.Release();
        }
    }

    [Fact]
    public async Task A_late_answer_goes_to_nobody_and_frees_its_id()
    {
        await using var peer = new Peer();
        await using var connection = await peer.ConnectAsync(options => options with { MaxInFlight = 1 });
        var late = AskAsync(connection, 1);
        var (header, _) = await peer.ReadAsync();
        peer.Time.Advance(Timeout * 2);
        var timeout = await Assert.ThrowsAsync<CqlTimeoutException>(() => late);
        Assert.True(timeout.MayHaveBeenSent);
        Assert.Equal(1, connection.InFlight);
        var refused = await Assert.ThrowsAsync<CqlConnectionException>(() => AskAsync(connection, 2));
        Assert.False(refused.MayHaveBeenSent);

        await peer.AnswerAsync(header.StreamId, Blob.Of(1));
        await Eventually.HoldsAsync(() => connection.InFlight == 0);
        var next = AskAsync(connection, 3);
        var (second, body) = await peer.ReadAsync();
        Assert.Equal(3, Blob.ToInt(body));
        Assert.NotEqual(header.StreamId, second.StreamId);
        await peer.AnswerAsync(second.StreamId, Blob.Of(33));
        Assert.Equal(33, await next);
    }

    [Fact]
    public async Task A_second_answer_ends_the_connection_and_names_the_stream()
    {
        await using var peer = new Peer();
        await using var connection = await peer.ConnectAsync();
        var first = AskAsync(connection, 1);
        var other = AskAsync(connection, 2);
        var (header, _) = await peer.ReadAsync();
        await peer.AnswerAsync(header.StreamId, Blob.Of(1));
        await peer.AnswerAsync(header.StreamId, Blob.Of(1));
        Assert.Equal(1, await first);
        var ended = await Assert.ThrowsAsync<CqlConnectionException>(() => other);
        Assert.True(ended.MayHaveBeenSent);
        Assert.Contains($"stream id {header.StreamId}", Assert.IsType<CqlProtocolException>(await connection.Closed).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_leaves_too_much_unanswered_is_left()
    {
        await using var peer = new Peer();
        await using var connection = await peer.ConnectAsync(options => options with { MaxOrphans = 2 });
        var requests = Enumerable.Range(0, 3).Select(i => AskAsync(connection, i)).ToArray();
        foreach (var _ in requests)
        {
            await peer.ReadAsync();
        }
        peer.Time.Advance(Timeout * 2);
        foreach (var request in requests)
        {
            await Assert.ThrowsAsync<CqlTimeoutException>(() => request);
        }
        Assert.Contains("unanswered", (await connection.Closed).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_never_left_says_so()
    {
        await using var peer = new Peer();
        await using var connection = await peer.ConnectAsync();
        // The peer reads nothing: the first fills the sockets' buffers, the second waits behind it.
        var stuck = connection.SendAsync(new Blob(new byte[64 << 20]), TimeSpan.FromHours(1), Token).AsTask();
        await peer.BeginReadAsync();
        var waiting = AskAsync(connection, 1);
        peer.Time.Advance(Timeout * 1.5);
        var timeout = await Assert.ThrowsAsync<CqlTimeoutException>(() => waiting);
        Assert.False(timeout.MayHaveBeenSent);
        Assert.Equal(1, connection.InFlight);
        peer.Close();
        Assert.True((await Assert.ThrowsAsync<CqlConnectionException>(() => stuck)).MayHaveBeenSent);
    }

    [Fact]
    public async Task The_callers_memory_is_its_own_again_only_when_the_writer_is_done_with_it()
    {
        await using var peer = new Peer();
        await using var connection = await peer.ConnectAsync(options => options with { HeartbeatTimeout = TimeSpan.FromHours(1) });
        var bytes = new byte[64 << 20];
        using var cancellation = new CancellationTokenSource();
        var stuck = connection.SendAsync(new Blob(bytes), TimeSpan.FromHours(1), cancellation.Token).AsTask();
        await peer.BeginReadAsync();
        var asked = AskAsync(connection, 1);
        await cancellation.CancelAsync();
        peer.Time.Advance(Timeout / 2);
        Assert.False(stuck.IsCompleted);

        var (_, body) = await peer.ReadAsync();
        Assert.Equal(bytes.Length, body.Length);
        Assert.True((await Assert.ThrowsAsync<CqlRequestCanceledException>(() => stuck)).MayHaveBeenSent);
        var (header, _) = await peer.ReadAsync();
        await peer.AnswerAsync(header.StreamId, Blob.Of(5));
        Assert.Equal(5, await asked);
    }

    [Fact]
    public async Task A_cancelled_request_leaves_its_id_reserved_until_the_answer()
    {
        await using var peer = new Peer();
        await using var connection = await peer.ConnectAsync();
        using var cancellation = new CancellationTokenSource();
        var request = connection.SendAsync(Blob.Of(1), Timeout, cancellation.Token).AsTask();
        var (header, _) = await peer.ReadAsync();
        await cancellation.CancelAsync();
        var cancelled = await Assert.ThrowsAsync<CqlRequestCanceledException>(() => request);
        Assert.True(cancelled.MayHaveBeenSent);
        Assert.Equal(cancellation.Token, cancelled.CancellationToken);
        Assert.Equal(1, connection.InFlight);
        await peer.AnswerAsync(header.StreamId, Blob.Of(1));
        await Eventually.HoldsAsync(() => connection.InFlight == 0);
        Assert.True(connection.IsOpen);
    }

    [Fact]
    public async Task A_silent_node_is_asked_and_left_when_it_stays_silent()
    {
        await using var peer = new Peer();
        await using var connection = await peer.ConnectAsync(options => options with { HeartbeatTimeout = TimeSpan.FromMinutes(1) });
        peer.Time.Advance(peer.Options.HeartbeatInterval + Timeout);
        var (header, _) = await peer.ReadAsync();
        Assert.Equal(S3Cassandra.Cql.Protocol.Opcode.Options, header.Opcode);
        await peer.AnswerAsync(header.StreamId, Blob.Of(0));
        await Eventually.HoldsAsync(() => connection.InFlight == 0);
        Assert.True(connection.IsOpen);

        peer.Time.Advance(peer.Options.HeartbeatInterval + Timeout);
        var second = peer.ReadAsync();
        await Eventually.HoldsAsync(() =>
        {
            // The first heartbeat's end may not have been noted yet: the next tick asks again.
            peer.Time.Advance(Timeout / 10);
            return second.IsCompleted;
        });
        await second;
        peer.Time.Advance(TimeSpan.FromMinutes(1) + Timeout);
        Assert.Matches("answered no heartbeat|took no bytes", (await connection.Closed).Message);
    }

    [Fact]
    public async Task The_end_of_a_connection_ends_every_request_once()
    {
        await using var peer = new Peer();
        await using var connection = await peer.ConnectAsync();
        var requests = Enumerable.Range(0, 200).Select(i => AskAsync(connection, i)).ToArray();
        await peer.ReadAsync();
        peer.Close();
        foreach (var request in requests)
        {
            await Assert.ThrowsAsync<CqlConnectionException>(() => request);
        }
        Assert.Equal(0, connection.InFlight);
        var after = await Assert.ThrowsAsync<CqlConnectionException>(() => AskAsync(connection, 1));
        Assert.False(connection.IsOpen);
        Assert.NotNull(after.InnerException);
    }

    private static async Task<int> AskAsync(Connection connection, int value)
    {
        var response = await connection.SendAsync(Blob.Of(value), Timeout, Token);
        var answer = Blob.ToInt(response.Body.Span);
        response.Body.Release();
        return answer;
    }
}
