using System.Net;
using System.Net.Sockets;
using S3Cassandra.Cql.Buffers;
using S3Cassandra.Cql.Connections;
using S3Cassandra.Cql.Protocol;
using S3Cassandra.Cql.Protocol.Responses;
using S3Cassandra.Support;

namespace S3Cassandra.Cql.Tests.Connections;

/// <summary>The other end of one connection, played by the test byte for byte: it reads requests and says whatever the test wants to be said.</summary>
internal sealed class Peer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<byte> _received = [];
    private readonly ProtocolVersion _version;
    private Stream? _stream;
    private Stream? _requests;
    private Socket? _socket;

    public Peer(ProtocolVersion version = ProtocolVersion.V4)
    {
        _version = version;
        _listener.Start();
    }

    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    public ManualTime Time { get; } = new();

    public ConnectionOptions Options => new() { Version = _version, TimeProvider = Time };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A connection past its handshake.</summary>
    public async Task<Connection> ConnectAsync(Func<ConnectionOptions, ConnectionOptions>? options = null)
    {
        var connecting = Connection.OpenAsync(Address, options?.Invoke(Options) ?? Options, Token).AsTask();
        await AcceptAsync();
        var startup = await ReadAsync();
        Assert.Equal(Opcode.Startup, startup.Header.Opcode);
        await AnswerPlainAsync(startup.Header.StreamId, new ReadyResponse());
        if (_version == ProtocolVersion.V5)
        {
            _requests = new SegmentStream(_stream!);
        }
        return await connecting;
    }

    public async Task AcceptAsync(int? receiveBuffer = null)
    {
        _socket = await _listener.AcceptSocketAsync(Token);
        _socket.NoDelay = true;
        if (receiveBuffer is { } size)
        {
            _socket.ReceiveBufferSize = size;
        }
        _stream = new NetworkStream(_socket, ownsSocket: true);
        _requests = _stream;
    }

    /// <summary>The next request, its body copied.</summary>
    public async Task<(FrameHeader Header, byte[] Body)> ReadAsync()
    {
        await FillAsync(FrameHeader.Size);
        var header = FrameHeader.Read(_received.ToArray());
        await FillAsync(FrameHeader.Size + header.BodyLength);
        var body = _received.GetRange(FrameHeader.Size, header.BodyLength).ToArray();
        _received.RemoveRange(0, FrameHeader.Size + header.BodyLength);
        return (header, body);
    }

    /// <summary>Takes a request's first bytes, so that the client has begun to write it.</summary>
    public Task BeginReadAsync() => FillAsync(FrameHeader.Size);

    public async Task AnswerAsync<TResponse>(short streamId, TResponse response)
        where TResponse : struct, IMessage
    {
        var frame = Encode(streamId, response);
        IFraming framing = _version == ProtocolVersion.V5 ? new SegmentFraming(_stream!) : new PlainFraming(_stream!);
        await framing.WriteAsync(frame, Token);
        await framing.FlushAsync(Token);
    }

    /// <summary>Answers that go in one write, so that they are read at once.</summary>
    public async Task AnswerTogetherAsync(IEnumerable<short> streamIds, Blob response) =>
        await SendAsync(streamIds.SelectMany(id => Encode(id, response).OwnMemory.ToArray()).ToArray());

    public async Task AnswerPlainAsync<TResponse>(short streamId, TResponse response)
        where TResponse : struct, IMessage => await SendAsync(Encode(streamId, response).OwnMemory);

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _stream!.WriteAsync(bytes, Token);

    public void Close() => _stream!.Dispose();

    /// <summary>Sends no more, but still takes what comes.</summary>
    public void HalfClose() => _socket!.Shutdown(SocketShutdown.Send);

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        if (_stream is not null)
        {
            await _stream.DisposeAsync();
        }
    }

    private FrameBuffer Encode<TResponse>(short streamId, TResponse response)
        where TResponse : struct, IMessage
    {
        var frame = new FrameBuffer();
        _ = frame.Take(FrameHeader.Size);
        response.Write(new PrimitiveWriter(frame), _version);
        new FrameHeader(_version, IsResponse: true, FrameFlags.None, streamId, response.Opcode, frame.Length - FrameHeader.Size)
            .Write(frame.OwnRange(0, FrameHeader.Size));
        return frame;
    }

    private async Task FillAsync(int count)
    {
        var buffer = new byte[64 * 1024];
        while (_received.Count < count)
        {
            var read = await _requests!.ReadAsync(buffer, Token);
            Assert.NotEqual(0, read);
            _received.AddRange(buffer.AsSpan(0, read));
        }
    }
}
