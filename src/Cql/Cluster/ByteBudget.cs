namespace S3Cassandra.Cql.Cluster;

/// <summary>
/// Bytes of requests that may be under way to one node. A node that has too many of a client's bytes before it stops reading its
/// connections (native_transport_max_request_data_in_flight_per_ip), and then a small request waits behind the large ones; here they wait
/// before they are sent, in their order. Without a wait it costs two interlocked additions and no allocation.
/// </summary>
internal sealed class ByteBudget(long limit, TimeProvider time)
{
    private readonly Queue<Waiter> _queue = new();
    private readonly Lock _lock = new();
    private long _available = limit;
    private int _waiting;

    public long Limit { get; } = limit;

    /// <summary>Bytes taken and not yet given back.</summary>
    public long Taken => Limit - Interlocked.Read(ref _available);

    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>What <paramref name="size"/> bytes are charged: never more than there can be, so that the largest request passes too, alone.</summary>
    public long Charge(int size) => Math.Min(Math.Max(size, 0), Limit);

    /// <summary>Takes bytes if nobody waits and they are there.</summary>
    public bool TryTake(long bytes) => Volatile.Read(ref _waiting) == 0 && TryTakeAvailable(bytes);

    /// <summary>Takes bytes, waiting for those before it; whoever took them gives them back by <see cref="Release"/>.</summary>
    /// <exception cref="TimeoutException">The time was over first; nothing is taken.</exception>
    public async ValueTask TakeAsync(long bytes, TimeSpan timeout, CancellationToken token)
    {
        if (TryTake(bytes))
        {
            return;
        }
        var waiter = new Waiter(bytes);
        lock (_lock)
        {
            _queue.Enqueue(waiter);
            Interlocked.Increment(ref _waiting);
            Grant();
        }
        try
        {
            await waiter.Granted.Task.WaitAsync(timeout, time, token);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            GiveUp(waiter);
            throw;
        }
    }

    public void Release(long bytes)
    {
        Interlocked.Add(ref _available, bytes);
        if (Volatile.Read(ref _waiting) == 0)
        {
            return;
        }
        lock (_lock)
        {
            Grant();
        }
    }

    private bool TryTakeAvailable(long bytes)
    {
        var available = Interlocked.Read(ref _available);
        while (available >= bytes)
        {
            var seen = Interlocked.CompareExchange(ref _available, available - bytes, available);
            if (seen == available)
            {
                return true;
            }
            available = seen;
        }
        return false;
    }

    private void GiveUp(Waiter waiter)
    {
        lock (_lock)
        {
            if (!waiter.Granted.Task.IsCompleted)
            {
                // It stays in the queue, worth nothing, until its turn.
                Interlocked.Decrement(ref _waiting);
                waiter.IsGivenUp = true;
                Grant();
                return;
            }
        }
        Release(waiter.Bytes);
    }

    private void Grant()
    {
        while (_queue.TryPeek(out var next))
        {
            if (next.IsGivenUp)
            {
                _queue.Dequeue();
                continue;
            }
            if (!TryTakeAvailable(next.Bytes))
            {
                return;
            }
            _queue.Dequeue();
            Interlocked.Decrement(ref _waiting);
            next.Granted.SetResult();
        }
    }

    private sealed class Waiter(long bytes)
    {
        public long Bytes { get; } = bytes;

        public bool IsGivenUp { get; set; }

        public TaskCompletionSource Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
