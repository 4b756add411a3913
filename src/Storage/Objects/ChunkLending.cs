using System.IO.Pipelines;
using S3Cassandra.Storage.Blobs;

namespace S3Cassandra.Storage.Objects;

/// <summary>
/// Who holds the pool's chunks while a client is slow. A slow reader keeps the chunk that it sends until others wait for memory or many are
/// slow, and reads it again afterwards; only so many chunks are read ahead, and handed to responses at once, over all readers. A slow sender holds the one that it fills, until others have waited for memory a while; then those that fill theirs longest give way.
/// </summary>
/// <param name="blobs">Whose pool.</param>
/// <param name="time">The clock.</param>
public sealed class ChunkLending(IBlobStore blobs, TimeProvider time)
{
    /// <summary>How long somebody waits for a chunk before others give way, and then again.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>How long a chunk may take to fill while others wait: at 512 KiB some 50 KiB/s.</summary>
    internal static readonly TimeSpan FillTime = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Which part of the pool as much may lie in responses whose clients were handed a whole chunk. The pipe of each may keep the end of the
    /// chunk before, and with it all of that: so it is twice this at most, 32 MiB of 256.
    /// </summary>
    private const int WholeShare = 16;

    private readonly Lock _gate = new();
    private readonly LinkedList<FillingChunk> _filling = [];
    private readonly LinkedList<ReadChunk> _held = [];
    private readonly long _mayHold = blobs.PoolBytes / 8 / blobs.ChunkSize;
    private int _waiting;
    private long _whole = blobs.PoolBytes / WholeShare / blobs.ChunkSize;
    private long _ahead = blobs.PoolBytes / 4 / blobs.ChunkSize;

    /// <summary>A chunk, at once or when one is free.</summary>
    public ValueTask<ChunkBuffer> RentAsync(int size, CancellationToken cancellationToken)
    {
        var rent = blobs.RentChunkAsync(size, cancellationToken);
        return rent.IsCompleted ? rent : WaitAsync(rent.AsTask());
    }

    /// <summary>How many of these chunks a reader may read ahead, to be given back to <see cref="EndReadAhead"/>.</summary>
    public int BeginReadAhead(int wanted) => TryTake(ref _ahead, wanted) ? wanted : 0;

    public void EndReadAhead(int count) => Interlocked.Add(ref _ahead, count);

    /// <summary>Whether one more chunk may be handed to a response at once: until its client took it and <see cref="EndWhole"/> was called.</summary>
    internal bool BeginWhole() => TryTake(ref _whole, 1);

    internal void EndWhole() => Interlocked.Increment(ref _whole);

    /// <summary>A reader's client is slow to take what was sent of a chunk: until <see cref="EndHolding"/> the chunk may be taken away.</summary>
    internal void BeginHolding(ReadChunk chunk)
    {
        lock (_gate)
        {
            _held.AddLast(chunk.Node);
            if (_waiting > 0 || _held.Count > _mayHold)
            {
                TakeHeld();
            }
        }
    }

    /// <summary>The client takes more; <see cref="ReadChunk.IsHeld"/> says whether the chunk is still there, and from now on it stays.</summary>
    internal void EndHolding(ReadChunk chunk)
    {
        lock (_gate)
        {
            chunk.Node.List?.Remove(chunk.Node);
        }
    }

    /// <summary>A chunk begins to be filled from a client.</summary>
    internal FillingChunk BeginFilling(PipeReader client)
    {
        var chunk = new FillingChunk(client, time.GetTimestamp());
        lock (_gate)
        {
            _filling.AddLast(chunk.Node);
        }

        return chunk;
    }

    /// <summary>It is full, or given up.</summary>
    internal void EndFilling(FillingChunk chunk)
    {
        lock (_gate)
        {
            chunk.Node.List?.Remove(chunk.Node);
        }
    }

    /// <summary>All of it, or nothing.</summary>
    private static bool TryTake(ref long left, int count)
    {
        if (Interlocked.Add(ref left, -count) >= 0)
        {
            return true;
        }

        Interlocked.Add(ref left, count);
        return false;
    }

    private async ValueTask<ChunkBuffer> WaitAsync(Task<ChunkBuffer> rent)
    {
        lock (_gate)
        {
            _waiting++;
            TakeHeld();
        }

        try
        {
            while (true)
            {
                using var tired = new CancellationTokenSource(Patience, time);
                await ((Task)rent).WaitAsync(tired.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (rent.IsCompleted)
                {
                    return await rent;
                }

                LetGiveWay();
            }
        }
        finally
        {
            lock (_gate)
            {
                _waiting--;
            }
        }
    }

    /// <summary>From the reader whose client keeps it waiting longest.</summary>
    private void TakeHeld()
    {
        if (_held.First is { } longest)
        {
            _held.RemoveFirst();
            longest.Value.Dispose();
        }
    }

    private void LetGiveWay()
    {
        lock (_gate)
        {
            TakeHeld();
            if (_filling.First is { Value: var oldest } && time.GetElapsedTime(oldest.Since) >= FillTime)
            {
                _filling.RemoveFirst();
                oldest.GiveWay();
            }
        }
    }
}
