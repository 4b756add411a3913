using System.IO.Hashing;
using System.Runtime.CompilerServices;
using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Contract.InMemory;

/// <summary><see cref="IBlobStore"/> in memory.</summary>
public sealed class InMemoryBlobStore : IBlobStore, IDisposable
{
    private readonly Lock _gate;
    private readonly InMemorySuspects _suspects;
    private readonly TimeProvider _clock;
    private readonly Dictionary<BlobId, InMemoryBlob> _blobs = [];
    private readonly Dictionary<BlobId, int> _pins = [];
    private readonly SemaphoreSlim _pool;
    private readonly int _poolSize;

    internal InMemoryBlobStore(Lock gate, InMemorySuspects suspects, TimeProvider clock, int chunkSize, int chunkPool)
    {
        _gate = gate;
        _suspects = suspects;
        _clock = clock;
        _poolSize = chunkPool;
        _pool = new SemaphoreSlim(chunkPool);
        ChunkSize = chunkSize;
    }

    public int ChunkSize { get; }

    public long PoolBytes => (long)_poolSize * ChunkSize;

    /// <summary>Buffers that were rented and not yet given back.</summary>
    public int RentedChunks => _poolSize - _pool.CurrentCount;

    public async ValueTask<ChunkBuffer> RentChunkAsync(int size, CancellationToken cancellationToken)
    {
        await _pool.WaitAsync(cancellationToken);
        return new InMemoryChunkBuffer(size, _pool);
    }

    public ValueTask<IBlobWriter> CreateAsync(BlobOwner owner, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var id = new BlobId(Guid.CreateVersion7(_clock.GetUtcNow()));
            var blob = _blobs[id] = new InMemoryBlob { Owner = owner };
            _suspects.Name(SuspectKind.Written, id, owner);
            return ValueTask.FromResult<IBlobWriter>(new InMemoryBlobWriter(this, id, blob));
        }
    }

    public ValueTask<int> ReadAsync(BlobId blob, int chunkSize, int number, ChunkBuffer buffer, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_blobs.TryGetValue(blob, out var found) || !found.Chunks.TryGetValue(number, out var chunk))
            {
                throw new CorruptDataException($"Chunk {number} of blob {blob} is missing.");
            }

            if (Crc64.HashToUInt64(Crc64ParameterSet.Nvme, chunk.Data) != chunk.Crc)
            {
                throw new CorruptDataException($"Chunk {number} of blob {blob} fails its checksum.");
            }

            chunk.Data.CopyTo(buffer.Memory);
            return ValueTask.FromResult(chunk.Data.Length);
        }
    }

    public ValueTask<IBlobPin> PinAsync(BlobId blob, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _pins[blob] = _pins.GetValueOrDefault(blob) + 1;
            return ValueTask.FromResult<IBlobPin>(new InMemoryBlobPin(() => Unpin(blob)));
        }
    }

    public async IAsyncEnumerable<Suspect> SuspectsAsync(DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<Suspect> suspects;
        lock (_gate)
        {
            suspects = [.. _suspects.Before(before).Where(suspect => !IsHeld(suspect))];
        }

        foreach (var suspect in suspects)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await ValueTask.CompletedTask;
            yield return suspect;
        }
    }

    public ValueTask MarkUnreferencedAsync(Suspect suspect, DateTimeOffset now, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _suspects.Mark(suspect, now);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask ClearAsync(Suspect suspect, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _suspects.Clear(suspect);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> DeleteAsync(BlobId blob, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_pins.GetValueOrDefault(blob) > 0 || (_blobs.TryGetValue(blob, out var found) && found.IsBeingWritten))
            {
                return ValueTask.FromResult(false);
            }

            _blobs.Remove(blob);
            _suspects.ClearWritten(blob);
            return ValueTask.FromResult(true);
        }
    }

    public ValueTask<BlobOwner?> OwnerAsync(BlobId blob, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_blobs.GetValueOrDefault(blob)?.Owner);
        }
    }

    public async IAsyncEnumerable<BlobId> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<BlobId> blobs;
        lock (_gate)
        {
            blobs = [.. _blobs.Keys];
        }

        foreach (var blob in blobs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await ValueTask.CompletedTask;
            yield return blob;
        }
    }

    /// <summary>Flips one bit of a stored chunk: what a broken disk does.</summary>
    public void FlipBit(BlobId blob, int number, int bit)
    {
        lock (_gate)
        {
            _blobs[blob].Chunks[number].Data[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    /// <summary>Loses a chunk: what a torn write does.</summary>
    public void DropChunk(BlobId blob, int number)
    {
        lock (_gate)
        {
            _blobs[blob].Chunks.Remove(number);
        }
    }

    /// <summary>Loses a whole blob.</summary>
    public void DropBlob(BlobId blob)
    {
        lock (_gate)
        {
            _blobs.Remove(blob);
        }
    }

    /// <summary>Adds a blob of one chunk that no suspicion names: what a lost suspicion leaves.</summary>
    public BlobId AddOrphan(BlobOwner? owner = null)
    {
        lock (_gate)
        {
            var id = new BlobId(Guid.CreateVersion7(_clock.GetUtcNow()));
            _blobs[id] = new InMemoryBlob { Owner = owner, IsBeingWritten = false, IsComplete = true, Chunks = { [0] = ([1], Crc64.HashToUInt64(Crc64ParameterSet.Nvme, [1])) } };
            return id;
        }
    }

    /// <summary>Makes a suspicion's owner unreadable.</summary>
    public void TearSuspect(BlobId blob)
    {
        lock (_gate)
        {
            _suspects.Tear(blob);
        }
    }

    /// <summary>Nobody holds a blob any more, as writer or reader: what a crash does. Those that held it must not go on.</summary>
    public void LoseHolders()
    {
        lock (_gate)
        {
            _pins.Clear();
            foreach (var blob in _blobs.Values)
            {
                blob.IsBeingWritten = false;
            }
        }
    }

    /// <summary>Whether it is there, whole or not.</summary>
    public bool Contains(BlobId blob)
    {
        lock (_gate)
        {
            return _blobs.ContainsKey(blob);
        }
    }

    public bool IsPinned(BlobId blob)
    {
        lock (_gate)
        {
            return _pins.GetValueOrDefault(blob) > 0;
        }
    }

    public void Dispose() => _pool.Dispose();

    internal void Put(InMemoryBlob blob, int number, byte[] data, ulong crc)
    {
        lock (_gate)
        {
            blob.Chunks[number] = (data, crc);
        }
    }

    internal void End(BlobId id, InMemoryBlob blob)
    {
        lock (_gate)
        {
            blob.IsBeingWritten = false;
            if (!blob.IsComplete)
            {
                _blobs.Remove(id);
                _suspects.ClearWritten(id);
            }
        }
    }

    private void Unpin(BlobId blob)
    {
        lock (_gate)
        {
            _pins[blob] = Math.Max(0, _pins.GetValueOrDefault(blob) - 1);
        }
    }

    private bool IsHeld(Suspect suspect) =>
        suspect.Kind != SuspectKind.EndedUpload && _blobs.TryGetValue(suspect.Blob, out var blob) && blob.IsBeingWritten;
}
