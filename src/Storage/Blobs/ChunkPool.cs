namespace S3Cassandra.Storage.Blobs;

/// <summary>
/// All chunk buffers of the store: at most so many bytes on loan, the rest of the callers wait in the order that they came. Returned
/// regions are kept for the next ones, up to <see cref="MaxIdleBytes"/>.
/// </summary>
/// <param name="capacity">Bytes on loan at most.</param>
/// <param name="front">Bytes of room in front of every chunk; a multiple of a page.</param>
internal sealed class ChunkPool(long capacity, int front) : IDisposable
{
    private const long MaxIdleBytes = 32L * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<int, Stack<ChunkRegion>> _idle = [];
    private readonly LinkedList<Waiter> _waiting = [];
    private long _idleBytes;
    private long _loaned;
    private bool _closed;

    /// <summary>Bytes on loan.</summary>
    public long Loaned
    {
        get
        {
            lock (_gate)
            {
                return _loaned;
            }
        }
    }

    public ValueTask<ChunkBuffer> RentAsync(int size, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        var padded = ChunkRegion.Padded(size);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);

            // A single buffer above the capacity is let through alone: it could never be served otherwise.
            if (_waiting.Count == 0 && (_loaned + padded <= capacity || _loaned == 0))
            {
                return ValueTask.FromResult<ChunkBuffer>(Loan(size, padded));
            }
        }

        return WaitAsync(size, padded, cancellationToken);
    }

    /// <summary>Takes a region back whose loan goes on without it.</summary>
    public void Keep(ChunkRegion region)
    {
        lock (_gate)
        {
            KeepIdle(region);
        }
    }

    /// <summary>Ends a loan.</summary>
    /// <param name="bytes">The capacity of the region that was lent.</param>
    /// <param name="region">The region; null where it was taken back before.</param>
    public void EndLoan(int bytes, ChunkRegion? region)
    {
        lock (_gate)
        {
            if (region is not null)
            {
                KeepIdle(region);
            }

            _loaned -= bytes;
            ServeWaiting();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            foreach (var region in _idle.Values.SelectMany(stack => stack))
            {
                region.Free();
            }

            _idle.Clear();
            foreach (var waiter in _waiting)
            {
                waiter.Source.TrySetException(new StoreUnavailableException("The store is closing."));
            }

            _waiting.Clear();
        }
    }

    private async ValueTask<ChunkBuffer> WaitAsync(int size, int padded, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(size, padded, new(TaskCreationOptions.RunContinuationsAsynchronously));
        LinkedListNode<Waiter> node;
        lock (_gate)
        {
            node = _waiting.AddLast(waiter);
            ServeWaiting();
        }

        await using var registration = cancellationToken.Register(() =>
        {
            lock (_gate)
            {
                if (node.List is not null)
                {
                    _waiting.Remove(node);
                    waiter.Source.TrySetCanceled(cancellationToken);
                    ServeWaiting();
                }
            }
        });
        return await waiter.Source.Task;
    }

    private void KeepIdle(ChunkRegion region)
    {
        if (_closed || _idleBytes + region.Capacity > MaxIdleBytes)
        {
            region.Free();
            return;
        }

        _idleBytes += region.Capacity;
        if (!_idle.TryGetValue(region.Capacity, out var stack))
        {
            _idle[region.Capacity] = stack = [];
        }

        stack.Push(region);
    }

    private void ServeWaiting()
    {
        while (_waiting.First is { } first && (_loaned + first.Value.Padded <= capacity || _loaned == 0))
        {
            _waiting.RemoveFirst();
            first.Value.Source.TrySetResult(Loan(first.Value.Size, first.Value.Padded));
        }
    }

    private PooledChunk Loan(int size, int padded)
    {
        _loaned += padded;
        if (_idle.TryGetValue(padded, out var stack) && stack.TryPop(out var region))
        {
            _idleBytes -= padded;
            return new PooledChunk(this, region, size);
        }

        return new PooledChunk(this, new ChunkRegion(padded, front), size);
    }

    private sealed record Waiter(int Size, int Padded, TaskCompletionSource<ChunkBuffer> Source);
}
