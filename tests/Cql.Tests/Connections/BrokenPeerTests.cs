using System.Net;
using S3Cassandra.Cql.Connections;
using S3Cassandra.Cql.Protocol;
using S3Cassandra.Cql.Protocol.Responses;

namespace S3Cassandra.Cql.Tests.Connections;

/// <summary>What arrives is not what the protocol allows: the connection ends with an error that names the cause, requests on it end, nothing hangs.</summary>
public class BrokenPeerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, byte[], string> Garbage => new()
    {
        { "a request for an answer", [0x04, 0, 0, 0, 8, 0, 0, 0, 0], "is a request" },
        { "another version", [0x83, 0, 0, 0, 8, 0, 0, 0, 0], "version 3" },
        { "a frame compressed by nobody's leave", [0x84, 0x01, 0, 0, 8, 0, 0, 0, 0], "compressed" },
        { "text", [.. "HTTP/1.1 400 Bad Request\r\n\r\n"u8], "is a request" },
        { "a negative length", [0x84, 0, 0, 0, 8, 0xFF, 0xFF, 0xFF, 0xFF], "-1 bytes" },
        { "more than is taken", [0x84, 0, 0, 0, 8, 0x7F, 0xFF, 0xFF, 0xFF], "at most" },
        { "a stream that nobody waits on", [0x84, 0, 0x12, 0x34, 8, 0, 0, 0, 0], "stream id 4660" },
        { "a negative stream", [0x84, 0, 0xFF, 0xFE, 8, 0, 0, 0, 0], "stream id -2" },
        { "a broken event", [0x84, 0, 0xFF, 0xFF, 0x0C, 0, 0, 0, 1, 9], "are left" },
    };

    [Theory]
    [MemberData(nameof(Garbage))]
    public async Task The_cause_is_named(string what, byte[] bytes, string expected)
    {
        await using var peer = new Peer();
        await using var connection = await peer.ConnectAsync();
        var request = connection.SendAsync(Blob.Of(1), TimeSpan.FromSeconds(9), Token).AsTask();
        await peer.ReadAsync();
        await peer.SendAsync(bytes);
        var ended = await Assert.ThrowsAsync<CqlConnectionException>(() => request);
        Assert.True(ended.MayHaveBeenSent, what);
        Assert.Contains(expected, Assert.IsType<CqlProtocolException>(await connection.Closed).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(400)]
    public async Task An_end_within_a_frame_is_no_answer(int sent)
    {
        await using var peer = new Peer();
        await using var connection = await peer.ConnectAsync();
        var request = connection.SendAsync(Blob.Of(1), TimeSpan.FromSeconds(9), Token).AsTask();
        var (header, _) = await peer.ReadAsync();
        var frame = new byte[FrameHeader.Size + 500];
        new FrameHeader(ProtocolVersion.V4, IsResponse: true, FrameFlags.None, header.StreamId, Opcode.Result, 500).Write(frame);
        await peer.SendAsync(frame.AsMemory(0, sent));
        peer.HalfClose();
        await Assert.ThrowsAsync<CqlConnectionException>(() => request);
        Assert.Contains("within a frame", Assert.IsType<CqlProtocolException>(await connection.Closed).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(20)]
    public async Task A_damaged_segment_ends_the_connection(int damagedByte)
    {
        await using var peer = new Peer(ProtocolVersion.V5);
        await using var connection = await peer.ConnectAsync();
        var request = connection.SendAsync(Blob.Of(1), TimeSpan.FromSeconds(9), Token).AsTask();
        var (header, _) = await peer.ReadAsync();
        using var segment = new MemoryStream();
        var framing = new SegmentFraming(segment);
        var frame = new S3Cassandra.Cql.Buffers.FrameBuffer();
        new FrameHeader(ProtocolVersion.V5, IsResponse: true, FrameFlags.None, header.StreamId, Opcode.Result, 30).Write(frame.Take(FrameHeader.Size));
        frame.Take(30).Clear();
        await framing.WriteAsync(frame, Token);
        await framing.FlushAsync(Token);
        var bytes = segment.ToArray();
        bytes[damagedByte] ^= 0x10;
        await peer.SendAsync(bytes);
        await Assert.ThrowsAsync<CqlConnectionException>(() => request);
        Assert.Contains("CRC", Assert.IsType<CqlProtocolException>(await connection.Closed).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_frame_cut_at_the_end_of_a_self_contained_segment_is_refused()
    {
        await using var peer = new Peer(ProtocolVersion.V5);
        await using var connection = await peer.ConnectAsync();
        using var segment = new MemoryStream();
        var framing = new SegmentFraming(segment);
        var half = new S3Cassandra.Cql.Buffers.FrameBuffer();
        new FrameHeader(ProtocolVersion.V5, IsResponse: true, FrameFlags.None, 0, Opcode.Result, 30).Write(half.Take(FrameHeader.Size));
        half.Take(29).Clear();
        await framing.WriteAsync(half, Token);
        await framing.FlushAsync(Token);
        await peer.SendAsync(segment.ToArray());
        Assert.Contains("self-contained", (await connection.Closed).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_before_the_question_is_refused()
    {
        await using var peer = new Peer();
        await using var connection = await peer.ConnectAsync();
        await peer.AnswerAsync(0, Blob.Of(1));
        Assert.Contains("nothing was asked", (await connection.Closed).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_and_a_missing_one_are_told_apart()
    {
        await using var peer = new Peer();
        var wrong = peer.Options with { Credentials = new NetworkCredential("cassandra", "not-this-one") };
        var refused = await Assert.ThrowsAsync<CqlAuthenticationException>(() => OpenAsync(peer, wrong, async () =>
        {
            var (header, body) = await peer.ReadAsync();
            Assert.Equal([0, 0, 0, 23, 0, .. "cassandra"u8, 0, .. "not-this-one"u8], body);
            await peer.AnswerAsync(header.StreamId, new ErrorResponse { Code = CqlErrorCode.BadCredentials, Message = "Provided username cassandra and/or password are incorrect" });
        }));
        Assert.Contains("password", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not-this-one", refused.ToString(), StringComparison.Ordinal);

        await using var other = new Peer();
        var missing = await Assert.ThrowsAsync<CqlAuthenticationException>(() => OpenAsync(other, other.Options, () => Task.CompletedTask));
        Assert.Contains("none are configured", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handshake_without_an_answer_ends_in_its_time()
    {
        await using var peer = new Peer();
        var connecting = Connection.OpenAsync(peer.Address, peer.Options, Token).AsTask();
        await peer.AcceptAsync();
        await peer.ReadAsync();
        peer.Time.Advance(peer.Options.ConnectTimeout);
        Assert.Contains("handshake", (await Assert.ThrowsAsync<CqlConnectionException>(() => connecting)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_listening_is_said_with_the_address()
    {
        IPEndPoint address;
        await using (var peer = new Peer())
        {
            address = peer.Address;
        }
        var refused = await Assert.ThrowsAsync<CqlConnectionException>(() => Connection.OpenAsync(address, new ConnectionOptions(), Token).AsTask());
        Assert.Contains(address.ToString(), refused.Message, StringComparison.Ordinal);
        Assert.False(refused.MayHaveBeenSent);
    }

    private static async Task OpenAsync(Peer peer, ConnectionOptions options, Func<Task> afterAuthenticate)
    {
        var connecting = Connection.OpenAsync(peer.Address, options, Token).AsTask();
        await peer.AcceptAsync();
        var (header, _) = await peer.ReadAsync();
        await peer.AnswerAsync(header.StreamId, new AuthenticateResponse("org.apache.cassandra.auth.PasswordAuthenticator"));
        await afterAuthenticate();
        await using var connection = await connecting;
    }
}
