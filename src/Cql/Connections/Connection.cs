using System.Net;
using S3Cassandra.Cql.Buffers;
using S3Cassandra.Cql.Protocol;
using S3Cassandra.Cql.Protocol.Responses;

namespace S3Cassandra.Cql.Connections;

/// <summary>
/// One connection to one node: it takes requests from any thread and ends each exactly once, with its answer, its timeout, its
/// cancellation or the end of the connection. It does not repeat, choose or reconnect anything.
/// </summary>
internal sealed class Connection : IAsyncDisposable
{
    // Requests time out on this beat, up to so much late: a timer of their own would cost each more than its encoding.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    private readonly TaskCompletionSource<Exception> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly AnsweredRequests _answered = new();
    private readonly InFlightRequests _inFlight;
    private readonly ConnectionOptions _options;
    private readonly FrameReader _reader;
    private readonly Stream _stream;
    private readonly FrameWriter _writer;
    private readonly ITimer _ticker;
    private readonly Task _reading;
    private Exception? _closeReason;
    private long _lastReceived;

    private Connection(IPEndPoint address, Stream stream, FrameReader reader, IFraming framing, ConnectionOptions options)
    {
        Address = address;
        _options = options;
        _stream = stream;
        _reader = reader;
        _inFlight = new InFlightRequests(options.MaxInFlight);
        _writer = new FrameWriter(framing, options.TimeProvider, Close);
        _lastReceived = options.TimeProvider.GetTimestamp();
        _reading = ReadAsync();
        var heartbeat = new Heartbeat(this, options);
        _ticker = options.TimeProvider.CreateTimer(_ => OnTick(heartbeat), null, Tick, Tick);
    }

    public IPEndPoint Address { get; }

    public ProtocolVersion Version => _options.Version;

    /// <summary>Requests under way, timed-out ones whose late answer is still awaited included.</summary>
    public int InFlight => _inFlight.Count;

    public bool IsOpen => Volatile.Read(ref _closeReason) is null;

    /// <summary>Ends, with the reason, when the connection does.</summary>
    public Task<Exception> Closed => _closed.Task;

    public long BytesSent => _writer.BytesWritten;

    public long BytesReceived => _reader.BytesRead;

    internal TimeSpan WriteStalled => _writer.Stalled;

    internal TimeSpan SinceReceived => _options.TimeProvider.GetElapsedTime(Volatile.Read(ref _lastReceived));

    /// <summary>Connects, secures, shakes hands.</summary>
    /// <exception cref="CqlConnectionException">Not reachable, TLS refused, or no end within the time allowed.</exception>
    /// <exception cref="CqlAuthenticationException">User or password refused, or missing.</exception>
    /// <exception cref="CqlServerException">Refused by the node; <see cref="CqlErrorCode.ProtocolError"/>: it does not speak this version.</exception>
    public static async ValueTask<Connection> OpenAsync(IPEndPoint address, ConnectionOptions options, CancellationToken token)
    {
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, options.TimeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(token, timeout.Token);
        var own = new OwnCertificate(options.Tls?.ClientCertificates);
        Stream? stream = null;
        try
        {
            stream = await Transport.ConnectAsync(address, options, own, both.Token);
            var reader = new FrameReader(stream, options.Version, options.MaxFrameLength);
            var framing = await new Handshake(stream, reader, address, options).RunAsync(both.Token);
            return new Connection(address, stream, reader, framing, options);
        }
        catch (Exception e)
        {
            if (stream is not null)
            {
                await stream.DisposeAsync();
            }
            throw e switch
            {
                OperationCanceledException when !token.IsCancellationRequested => new CqlConnectionException(
                    $"{address} did not finish the handshake within {options.ConnectTimeout.TotalSeconds:0.#} s.", e)
                { Node = address },
                // With TLS 1.3 a node that misses a certificate says so only now.
                IOException => new CqlConnectionException($"{address} broke off the handshake: {e.Message}{own.Advice}", e) { Node = address },
                _ => e,
            };
        }
    }

    /// <summary>
    /// Sends a request and waits for its answer. The caller releases the answer's body. What it does next, up to its next wait, may happen on
    /// the thread that reads this connection's answers: it must not block there for long.
    /// </summary>
    /// <param name="message">The request; memory that it names is looked at until this call ends, and not after.</param>
    /// <param name="timeout">From now until the answer has arrived.</param>
    /// <exception cref="CqlTimeoutException">No answer in time.</exception>
    /// <exception cref="CqlConnectionException">The connection ended, or as many requests as may be are under way.</exception>
    /// <exception cref="CqlRequestCanceledException">The token was cancelled.</exception>
    public ValueTask<Response> SendAsync<TRequest>(in TRequest message, TimeSpan timeout, CancellationToken token)
        where TRequest : struct, IMessage => SendAsync(message, FrameFlags.None, timeout, token);

    /// <inheritdoc cref="SendAsync{TRequest}(in TRequest, TimeSpan, CancellationToken)"/>
    public ValueTask<Response> SendAsync<TRequest>(in TRequest message, FrameFlags flags, TimeSpan timeout, CancellationToken token)
        where TRequest : struct, IMessage
    {
        var request = PendingRequest.Rent();
        try
        {
            request.Encode(message, Version, flags);
        }
        catch
        {
            request.Return();
            throw;
        }
        // Before anybody can see it: a request in its next life still has the last one's deadline.
        var time = _options.TimeProvider;
        request.SetTimeout(time.GetTimestamp() + (long)(timeout.TotalSeconds * time.TimestampFrequency), timeout);
        if (!_inFlight.TryAdd(request))
        {
            request.Return();
            return ValueTask.FromException<Response>(new CqlConnectionException($"{_options.MaxInFlight} requests are under way on one connection to {Address}.") { Node = Address });
        }
        var version = request.Version;
        var id = request.StreamId;
        request.WriteStreamId();
        _writer.Enqueue(request);
        if (Volatile.Read(ref _closeReason) is { } reason)
        {
            EndClosed(id, request, reason);
        }
        else
        {
            request.EndOn(this, token);
        }
        return new ValueTask<Response>(request, version);
    }

    /// <summary>Gives a request up; nothing happens when it has ended already.</summary>
    internal void Abandon(short id, PendingRequest request, Func<bool, Exception> failure)
    {
        if (!_inFlight.TryAbandon(id, request))
        {
            return;
        }
        if (request.TryWithdraw())
        {
            _inFlight.Forget(id);
            request.Fail(failure(false));
            return;
        }
        request.Fail(failure(true));
    }

    /// <summary>Ends the connection and everything under way on it. Only the first reason counts.</summary>
    internal void Close(Exception reason)
    {
        if (Interlocked.CompareExchange(ref _closeReason, reason, null) is not null)
        {
            return;
        }
        _writer.Dispose();
        _stream.Dispose();
        foreach (var (id, request) in _inFlight.Snapshot())
        {
            EndClosed(id, request, reason);
        }
        _closed.TrySetResult(reason);
    }

    public async ValueTask DisposeAsync()
    {
        Close(new CqlConnectionException("The connection was closed by this client.") { Node = Address });
        await _ticker.DisposeAsync();
        await _reading;
    }

    private async Task ReadAsync()
    {
        try
        {
            await Task.Yield();
            while (await new NextFrame(_reader.ReadAsync(CancellationToken.None), _answered) is { } frame)
            {
                Volatile.Write(ref _lastReceived, _options.TimeProvider.GetTimestamp());
                Dispatch(frame.Header, frame.Body);
                while (_reader.TryRead(out var header, out var body))
                {
                    Dispatch(header, body!);
                }
            }
            Close(new CqlConnectionException($"{Address} closed the connection.") { Node = Address });
        }
        catch (Exception e)
        {
            Close(e is CqlException ? e : new CqlConnectionException($"The connection to {Address} broke: {e.Message}", e) { Node = Address });
        }
        _answered.Schedule();
    }

    private void Dispatch(FrameHeader header, PooledBuffer body)
    {
        var kept = false;
        try
        {
            if (header.Opcode == Opcode.Event)
            {
                var source = new PrimitiveReader(body.Span);
                var received = EventResponse.Read(ref source, Version);
                _options.OnEvent?.Invoke(received);
            }
            else if (_inFlight.TakeAnswered(header.StreamId) is { } request)
            {
                if (request.TryWithdraw())
                {
                    var early = new CqlProtocolException($"{Address} answered on stream id {header.StreamId} before it was asked.") { Node = Address };
                    request.Fail(early);
                    throw early;
                }
                request.SetAnswer(new Response(header.Opcode, header.Flags, body));
                _answered.Add(request);
                kept = true;
            }
        }
        finally
        {
            if (!kept)
            {
                body.Release();
            }
        }
    }

    private void EndClosed(short id, PendingRequest request, Exception reason)
    {
        if (_inFlight.TryRemove(id, request))
        {
            request.Fail(new CqlConnectionException($"The connection to {Address} ended: {reason.Message}", reason)
            {
                Node = Address,
                MayHaveBeenSent = !request.TryWithdraw(),
            });
        }
    }

    private void OnTick(Heartbeat heartbeat)
    {
        heartbeat.Check();
        _answered.Schedule();
        _writer.TakeOver();
        if (_inFlight.Count == 0)
        {
            return;
        }
        var now = _options.TimeProvider.GetTimestamp();
        foreach (var (id, request) in _inFlight.Snapshot())
        {
            if (request.Deadline <= now)
            {
                var timeout = request.Timeout;
                Abandon(id, request, sent => new CqlTimeoutException($"{Address} did not answer within {timeout.TotalSeconds:0.###} s.")
                {
                    Node = Address,
                    MayHaveBeenSent = sent,
                    Timeout = timeout,
                });
            }
        }
        if (_inFlight.Orphans > _options.MaxOrphans)
        {
            Close(new CqlConnectionException($"{Address} left {_inFlight.Orphans} requests unanswered on one connection.") { Node = Address });
        }
    }
}
