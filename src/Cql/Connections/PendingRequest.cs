using System.Collections.Concurrent;
using System.Threading.Tasks.Sources;
using S3Cassandra.Cql.Buffers;
using S3Cassandra.Cql.Protocol;

namespace S3Cassandra.Cql.Connections;

/// <summary>
/// One request from its encoding to its end: its frame, its stream id, its deadline, and the caller's wait. Pooled with its buffer, so a
/// small request allocates nothing here.
/// </summary>
/// <remarks>
/// The frame may name the caller's own memory. The caller therefore hears of the end, whatever it is, only when the writer has let go of
/// the frame: an end that comes while the bytes are being written is put off until the writer is done with them.
/// </remarks>
internal sealed class PendingRequest : IValueTaskSource<Response>
{
    private const int MostKept = 4096;

    private const int Queued = 0;
    private const int Writing = 1;
    private const int Written = 2;
    private const int Withdrawn = 3;
    private const int EndedWhileWriting = 4;

    private static readonly ConcurrentQueue<PendingRequest> Kept = new();
    private static int _kept;

    private ManualResetValueTaskSourceCore<Response> _source = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _cancellation;
    private Connection? _connection;
    private CancellationToken _token;
    private Response _response;
    private Exception? _failure;
    private int _state;

    public FrameBuffer Frame { get; } = new();

    public short StreamId { get; set; }

    /// <summary>When its time is over, as a timestamp of the connection's clock.</summary>
    public long Deadline { get; private set; }

    public TimeSpan Timeout { get; private set; }

    public short Version => _source.Version;

    public static PendingRequest Rent()
    {
        if (Kept.TryDequeue(out var request))
        {
            Interlocked.Decrement(ref _kept);
            return request;
        }
        return new PendingRequest();
    }

    /// <summary>Writes the frame, its stream id left for later.</summary>
    public void Encode<TRequest>(in TRequest message, ProtocolVersion version, FrameFlags flags)
        where TRequest : struct, IMessage
    {
        _ = Frame.Take(FrameHeader.Size);
        message.Write(new PrimitiveWriter(Frame), version);
        new FrameHeader(version, IsResponse: false, flags, 0, message.Opcode, Frame.Length - FrameHeader.Size).Write(Frame.OwnRange(0, FrameHeader.Size));
    }

    public void SetTimeout(long deadline, TimeSpan timeout)
    {
        Deadline = deadline;
        Timeout = timeout;
    }

    public void WriteStreamId() => FrameHeader.WriteStreamId(Frame.OwnRange(0, FrameHeader.Size), StreamId);

    /// <summary>Ends the request when the token is cancelled. Called once its slot and its place in the queue are certain.</summary>
    public void EndOn(Connection connection, CancellationToken token)
    {
        if (!token.CanBeCanceled)
        {
            return;
        }
        _connection = connection;
        _token = token;
        _cancellation = token.UnsafeRegister(static state =>
        {
            var request = (PendingRequest)state!;
            request._connection!.Abandon(request.StreamId, request, sent => new CqlRequestCanceledException(sent, request._token));
        }, this);
    }

    /// <summary>The writer's first step: false when the request was withdrawn, and then it is nobody's any more.</summary>
    public bool TryBeginWriting() => Interlocked.CompareExchange(ref _state, Writing, Queued) == Queued;

    /// <summary>The writer's last step: from here on it touches neither the request nor its frame.</summary>
    public void EndWriting()
    {
        if (Interlocked.CompareExchange(ref _state, Written, Writing) == EndedWhileWriting)
        {
            // Not on the writer's time.
            _source.RunContinuationsAsynchronously = true;
            Signal();
        }
    }

    /// <summary>Withdraws a request that the writer has not begun: false when bytes of it may have left.</summary>
    public bool TryWithdraw() => Interlocked.CompareExchange(ref _state, Withdrawn, Queued) == Queued;

    /// <summary>Takes the answer, of which the caller hears by <see cref="EndAnswered"/>. Only for whoever took the request out of its slot.</summary>
    public void SetAnswer(Response response) => _response = response;

    /// <summary>Ends the request with its answer: what the caller does next happens within this call, up to its next wait.</summary>
    public void EndAnswered()
    {
        _source.RunContinuationsAsynchronously = false;
        End();
    }

    /// <summary>Ends the request with a failure. Only for whoever took it out of its slot.</summary>
    public void Fail(Exception failure)
    {
        _failure = failure;
        End();
    }

    /// <summary>Gives back a request that was never added to a connection.</summary>
    public void Return()
    {
        _source.Reset();
        _source.RunContinuationsAsynchronously = true;
        Frame.Reset();
        _cancellation = default;
        _connection = null;
        _token = default;
        _response = default;
        _failure = null;
        _state = Queued;
        if (Interlocked.Increment(ref _kept) > MostKept)
        {
            Interlocked.Decrement(ref _kept);
            return;
        }
        Kept.Enqueue(this);
    }

    ValueTaskSourceStatus IValueTaskSource<Response>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<Response>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    Response IValueTaskSource<Response>.GetResult(short token)
    {
        // Waits for a callback that runs at this moment, so none of it can meet the request's next life.
        _cancellation.Dispose();
        try
        {
            return _source.GetResult(token);
        }
        finally
        {
            // A withdrawn request still lies in the writer's queue: it is not used again.
            if (Volatile.Read(ref _state) != Withdrawn)
            {
                Return();
            }
        }
    }

    private void End()
    {
        if (Interlocked.CompareExchange(ref _state, EndedWhileWriting, Writing) != Writing)
        {
            Signal();
        }
    }

    private void Signal()
    {
        if (_failure is { } failure)
        {
            _source.SetException(failure);
        }
        else
        {
            _source.SetResult(_response);
        }
    }
}
