namespace S3Cassandra.Cql.Connections;

/// <summary>
/// The requests of one connection by stream id. Whoever takes a request out of its slot, and nobody else, ends it: the answer, the
/// timeout, the cancellation or the end of the connection. A request given up while its answer may still come leaves an orphan in the
/// slot, so that the id stays reserved until that answer is here.
/// </summary>
internal sealed class InFlightRequests(int capacity)
{
    private static readonly PendingRequest Orphan = new();

    private readonly StreamIds _ids = new();
    private readonly PendingRequest?[] _slots = new PendingRequest?[StreamIds.Count];
    private int _count;
    private int _orphans;

    /// <summary>Slots taken, orphans included.</summary>
    public int Count => Volatile.Read(ref _count);

    public int Orphans => Volatile.Read(ref _orphans);

    /// <summary>Gives the request a stream id and a slot; false when as many are under way as may be.</summary>
    public bool TryAdd(PendingRequest request)
    {
        if (Interlocked.Increment(ref _count) > capacity)
        {
            Interlocked.Decrement(ref _count);
            return false;
        }
        while (true)
        {
            var id = _ids.Next();
            request.StreamId = id;
            if (Interlocked.CompareExchange(ref _slots[id], request, null) is null)
            {
                return true;
            }
        }
    }

    /// <summary>Takes the request that an answer belongs to; null when it was given up earlier (its id is free again from now on).</summary>
    /// <exception cref="CqlProtocolException">Nothing waits, nor waited, for an answer on this id.</exception>
    public PendingRequest? TakeAnswered(short id)
    {
        var request = id < 0 ? null : Interlocked.Exchange(ref _slots[id], null);
        if (request is null)
        {
            throw new CqlProtocolException($"An answer came on stream id {id}, on which nothing was asked.");
        }
        Interlocked.Decrement(ref _count);
        if (!ReferenceEquals(request, Orphan))
        {
            return request;
        }
        Interlocked.Decrement(ref _orphans);
        return null;
    }

    /// <summary>Takes a request that is given up, leaving an orphan; false when somebody else ended it first.</summary>
    /// <remarks>The id is the one under which the caller found the request: a request in its next life has another.</remarks>
    public bool TryAbandon(short id, PendingRequest request)
    {
        // Counted before: the late answer may take the orphan away at once.
        Interlocked.Increment(ref _orphans);
        if (ReferenceEquals(Interlocked.CompareExchange(ref _slots[id], Orphan, request), request))
        {
            return true;
        }
        Interlocked.Decrement(ref _orphans);
        return false;
    }

    /// <summary>Frees the id of an abandoned request that was never sent: no answer will come.</summary>
    public void Forget(short id)
    {
        if (ReferenceEquals(Interlocked.CompareExchange(ref _slots[id], null, Orphan), Orphan))
        {
            Interlocked.Decrement(ref _orphans);
            Interlocked.Decrement(ref _count);
        }
    }

    /// <summary>Takes a request whose connection has ended; false when somebody else ended it first.</summary>
    public bool TryRemove(short id, PendingRequest request)
    {
        if (!ReferenceEquals(Interlocked.CompareExchange(ref _slots[id], null, request), request))
        {
            return false;
        }
        Interlocked.Decrement(ref _count);
        return true;
    }

    /// <summary>Every request under way at this moment, one after the other; each may end while the caller looks at it.</summary>
    public IEnumerable<(short Id, PendingRequest Request)> Snapshot()
    {
        for (var id = 0; id < _slots.Length && Count > 0; id++)
        {
            if (Volatile.Read(ref _slots[id]) is { } request && !ReferenceEquals(request, Orphan))
            {
                yield return ((short)id, request);
            }
        }
    }
}
