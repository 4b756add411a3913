using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace S3Cassandra.Cql.Connections;

/// <summary>
/// The one writer of a connection: requests come from everywhere into a queue, and whoever finds no writer running starts one. While one
/// write is under way others gather behind it, so many small requests share a system call without any waiting by the clock.
/// </summary>
internal sealed class FrameWriter(IFraming framing, TimeProvider time, Action<Exception> onFailure) : IThreadPoolWorkItem, IDisposable
{
    private const int Idle = 0;

    /// <summary>It runs, or the pool is about to run it.</summary>
    private const int Running = 1;

    /// <summary>A thread that gathers will run it, and anybody may before.</summary>
    private const int Gathering = 2;

    private readonly ConcurrentQueue<PendingRequest> _queue = new();
    private readonly CancellationTokenSource _stopped = new();
    private int _state;
    private long _writeStarted;

    public long BytesWritten => framing.BytesWritten;

    /// <summary>How long the write under way has been waiting for the other side; zero when none is.</summary>
    public TimeSpan Stalled => Volatile.Read(ref _writeStarted) is var started and not 0 ? time.GetElapsedTime(started) : TimeSpan.Zero;

    public void Enqueue(PendingRequest request)
    {
        // Before it can be seen: from then on the frame is the writer's.
        var gathered = request.Frame.References.IsEmpty ? GatheredWrites.Current : null;
        _queue.Enqueue(request);
        if (gathered is not null && TryGather(gathered))
        {
            return;
        }
        if (TryBegin(Idle) || TryBegin(Gathering))
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>Writes on this thread what was gathered, unless another has done so.</summary>
    public void WriteGathered()
    {
        if (TryBegin(Gathering))
        {
            _ = RunAsync();
        }
    }

    /// <summary>Has the pool write what another thread gathered and does not come to write.</summary>
    public void TakeOver()
    {
        if (TryBegin(Gathering))
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>Ends the writing. What lies in the queue is not sent any more; the connection ends it.</summary>
    public void Dispose() => _stopped.Cancel();

    void IThreadPoolWorkItem.Execute() => _ = RunAsync();

    /// <summary>False when the writer is another gathering thread's: then this one does not rely on it.</summary>
    private bool TryGather(GatheredWrites gathered)
    {
        switch (Interlocked.CompareExchange(ref _state, Gathering, Idle))
        {
            case Idle:
                gathered.Add(this);
                return true;
            case Running:
                return true;
            default:
                return gathered.Contains(this);
        }
    }

    private bool TryBegin(int from) => Interlocked.CompareExchange(ref _state, Running, from) == from;

    private async Task RunAsync()
    {
        try
        {
            do
            {
                // Once stopped, what is enqueued stays: a look at it would be followed by another for ever.
                _stopped.Token.ThrowIfCancellationRequested();
                await DrainAsync(_stopped.Token);

                // With a full fence: the look at the queue must not come before the flag is down, or a request between the two waits for ever.
                Interlocked.Exchange(ref _state, Idle);
            }
            while (!_queue.IsEmpty && TryBegin(Idle));
        }
        catch (Exception e)
        {
            // It counts as running for ever: nobody writes on a broken connection.
            onFailure(e);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask DrainAsync(CancellationToken token)
    {
        while (!token.IsCancellationRequested && _queue.TryDequeue(out var request))
        {
            if (!request.TryBeginWriting())
            {
                continue;
            }
            try
            {
                if (!framing.TryBuffer(request.Frame))
                {
                    Volatile.Write(ref _writeStarted, time.GetTimestamp());
                    await framing.WriteAsync(request.Frame, token);
                }
            }
            finally
            {
                request.EndWriting();
            }
        }
        Volatile.Write(ref _writeStarted, time.GetTimestamp());
        await framing.FlushAsync(token);
        Volatile.Write(ref _writeStarted, 0);
    }
}
