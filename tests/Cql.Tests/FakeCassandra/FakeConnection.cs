using System.Net.Sockets;
using S3Cassandra.Cql.Buffers;
using S3Cassandra.Cql.Connections;
using S3Cassandra.Cql.Protocol;
using S3Cassandra.Cql.Protocol.Requests;
using S3Cassandra.Cql.Protocol.Responses;

namespace S3Cassandra.Cql.Tests.FakeCassandra;

/// <summary>The server's end of one connection: frames in, frames out, by the client's own codec.</summary>
internal sealed class FakeConnection(FakeNode node, Socket socket) : IDisposable
{
    private readonly SemaphoreSlim _writing = new(1);
    private Stream _source = new NetworkStream(socket, ownsSocket: true);
    private Stream _raw = Stream.Null;
    private IFraming? _framing;

    public bool IsRegistered { get; private set; }

    /// <summary>The keyspace that USE has set on it.</summary>
    public string? Keyspace { get; private set; }

    /// <summary>Closes it.</summary>
    public void Dispose()
    {
        socket.Dispose();
        _source.Dispose();
        _writing.Dispose();
    }

    public async Task RunAsync()
    {
        await Task.Yield();
        _raw = _source;
        _framing = new PlainFraming(_raw);
        try
        {
            var header = new byte[FrameHeader.Size];
            while (true)
            {
                await _source.ReadExactlyAsync(header);
                var frame = FrameHeader.Read(header);
                var body = new byte[frame.BodyLength];
                await _source.ReadExactlyAsync(body);
                await HandleAsync(frame, body);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or CqlProtocolException or SocketException)
        {
            // The client has gone, or the script closed the connection.
        }
        finally
        {
            Dispose();
            node.Ended(this);
        }
    }

    public async Task SendAsync(IMessage message, short streamId, ResponsePrefix prefix)
    {
        var buffer = new FrameBuffer();
        _ = buffer.Take(FrameHeader.Size);
        prefix.Write(new PrimitiveWriter(buffer));
        message.Write(new PrimitiveWriter(buffer), node.Cluster.Version);
        new FrameHeader(node.Cluster.Version, IsResponse: true, prefix.Flags, streamId, message.Opcode, buffer.Length - FrameHeader.Size)
            .Write(buffer.OwnRange(0, FrameHeader.Size));
        await _writing.WaitAsync();
        try
        {
            await _framing!.WriteAsync(buffer, CancellationToken.None);
            await _framing.FlushAsync(CancellationToken.None);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task HandleAsync(FrameHeader frame, byte[] body)
    {
        if (frame.Version > node.Cluster.Version)
        {
            var refusal = $"Invalid or unsupported protocol version ({(int)frame.Version}); supported versions are (3/v3, 4/v4)";
            await SendAsync(new ErrorResponse { Code = CqlErrorCode.ProtocolError, Message = refusal }, frame.StreamId, default);
            Dispose();
            return;
        }
        var reply = ReplyTo(frame, body);
        if (reply.Closes)
        {
            Dispose();
            return;
        }
        if (!reply.After.IsCompleted)
        {
            _ = SendLaterAsync(reply, frame.StreamId);
            return;
        }
        if (reply.Message is not null)
        {
            await SendAsync(reply.Message, frame.StreamId, new(null, reply.Warnings, null));
        }
        if (frame.Opcode == Opcode.Startup && frame.Version >= ProtocolVersion.V5 && reply.Message is ReadyResponse or AuthenticateResponse)
        {
            _source = new SegmentStream(_raw);
            _framing = new SegmentFraming(_raw);
        }
    }

    private async Task SendLaterAsync(FakeReply reply, short streamId)
    {
        await reply.After;
        try
        {
            await SendAsync(reply.Message!, streamId, new(null, reply.Warnings, null));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Too late.
        }
    }

    private FakeReply ReplyTo(FrameHeader frame, byte[] body)
    {
        var reader = new PrimitiveReader(body);
        switch (frame.Opcode)
        {
            case Opcode.Startup:
                return new(node.Cluster.Password is null ? new ReadyResponse() : new AuthenticateResponse("org.apache.cassandra.auth.PasswordAuthenticator"));
            case Opcode.AuthResponse:
                return AuthResponseRequest.Read(ref reader, frame.Version).Token.Span.EndsWith(System.Text.Encoding.UTF8.GetBytes("\0" + node.Cluster.Password))
                    ? new(new AuthSuccessResponse())
                    : FakeReply.Error(CqlErrorCode.BadCredentials, "Provided username and/or password are incorrect");
            case Opcode.Options:
                return new(new SupportedResponse([new("PROTOCOL_VERSIONS", ["4/v4"])]));
            case Opcode.Register:
                IsRegistered = true;
                return new(new ReadyResponse());
            default:
                return ReplyTo(Understand(frame, ref reader));
        }
    }

    private FakeRequest Understand(FrameHeader frame, ref PrimitiveReader reader)
    {
        switch (frame.Opcode)
        {
            case Opcode.Query:
                var query = QueryRequest.Read(ref reader, frame.Version);
                return new(node, this, frame.Opcode, frame.Version, query.Cql, query.Parameters);
            case Opcode.Prepare:
                return new(node, this, frame.Opcode, frame.Version, PrepareRequest.Read(ref reader, frame.Version).Cql, default);
            case Opcode.Execute:
                var execute = ExecuteRequest.Read(ref reader, frame.Version);
                return new(node, this, frame.Opcode, frame.Version, TextOf(execute.Id), execute.Parameters);
            case Opcode.Batch:
                var batch = BatchRequest.Read(ref reader, frame.Version);
                var first = batch.Entries.Count > 0 ? batch.Entries[0] : default;
                return new(node, this, frame.Opcode, frame.Version, first.Cql ?? TextOf(first.PreparedId), default) { Batch = batch };
            default:
                throw new CqlProtocolException($"The fake node does not expect {frame.Opcode}.");
        }
    }

    private string TextOf(ReadOnlyMemory<byte> id) => node.Cluster.Statements.FirstOrDefault(statement => id.Span.SequenceEqual(statement.Id))?.Cql ?? "";

    private FakeReply ReplyTo(FakeRequest request)
    {
        if (request.Opcode == Opcode.Query && request.Cql.StartsWith("USE ", StringComparison.Ordinal))
        {
            Keyspace = request.Cql[4..].Trim('"');
            return node.Cluster.Keyspaces.ContainsKey(Keyspace)
                ? new(new SetKeyspaceResult(Keyspace))
                : FakeReply.Error(CqlErrorCode.Invalid, $"Keyspace '{Keyspace}' does not exist");
        }
        if (request.Opcode == Opcode.Query && FakeSystemTables.Answer(request) is { } rows)
        {
            return node.Script?.Invoke(request) ?? rows;
        }
        node.Requests.Enqueue(request);
        if (Unknown(request) is { } id)
        {
            return FakeReply.Error(new ErrorResponse { Code = CqlErrorCode.Unprepared, Message = "not prepared here", UnpreparedId = id });
        }
        if (node.Script?.Invoke(request) is { } scripted)
        {
            return scripted;
        }
        return request.Opcode == Opcode.Prepare ? Prepare(request) : FakeReply.Void;
    }

    /// <summary>The id of a statement that this node was not told of.</summary>
    private byte[]? Unknown(FakeRequest request)
    {
        if (request.Opcode is not (Opcode.Execute or Opcode.Batch))
        {
            return null;
        }
        var texts = request.Opcode == Opcode.Batch
            ? request.Batch.Entries.Where(entry => entry.Cql is null).Select(entry => TextOf(entry.PreparedId))
            : [request.Cql];
        return node.Cluster.Statements.FirstOrDefault(statement => texts.Contains(statement.Cql) && !node.Known.ContainsKey(statement.Cql))?.Id;
    }

    private FakeReply Prepare(FakeRequest request)
    {
        if (node.Cluster.Statements.FirstOrDefault(statement => statement.Cql == request.Cql) is not { } known)
        {
            return FakeReply.Error(CqlErrorCode.SyntaxError, $"line 1:0 no viable alternative at input '{request.Cql}'");
        }
        node.Known[known.Cql] = known;
        return new(known.Prepared);
    }
}
