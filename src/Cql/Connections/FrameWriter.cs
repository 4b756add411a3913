using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace S3Cassandra.Cql.Connections;

/// <summary>
/// The one writer of a connection: requests come from everywhere into a queue, and whoever finds no writer running starts one. While one
/// write is under way others gather behind it, so many small requests share a system call without any waiting by the clock.
/// </summary>
internal sealed class FrameWriter(IFraming framing, TimeProvider time, Action<Exception> onFailure) : IThreadPoolWorkItem, IDisposable
{
    private readonly ConcurrentQueue<PendingRequest> _queue = new();
    private readonly CancellationTokenSource _stopped = new();
    private int _running;
    private long _writeStarted;

    public long BytesWritten => framing.BytesWritten;

    /// <summary>How long the write under way has been waiting for the other side; zero when none is.</summary>
    public TimeSpan Stalled => Volatile.Read(ref _writeStarted) is var started and not 0 ? time.GetElapsedTime(started) : TimeSpan.Zero;

    public void Enqueue(PendingRequest request)
    {
        _queue.Enqueue(request);
        if (Interlocked.Exchange(ref _running, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>Ends the writing. What lies in the queue is not sent any more; the connection ends it.</summary>
    public void Dispose() => _stopped.Cancel();

    void IThreadPoolWorkItem.Execute() => _ = RunAsync();

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
                Interlocked.Exchange(ref _running, 0);
            }
            while (!_queue.IsEmpty && Interlocked.Exchange(ref _running, 1) == 0);
        }
        catch (Exception e)
        {
            // The flag stays up: nobody writes on a broken connection.
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
