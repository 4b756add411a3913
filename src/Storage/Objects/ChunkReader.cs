using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Encryption;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Objects;

/// <summary>Reads chunks in order, a few ahead, verified and decrypted. Pins each blob while it reads from it.</summary>
internal sealed class ChunkReader : IAsyncDisposable
{
    /// <summary>Chunks read or being read beside the one in use: 1.5 MiB in all at 512 KiB a chunk.</summary>
    private const int ReadAhead = 2;

    private readonly IBlobStore _blobs;
    private readonly IEnumerator<ChunkRun> _runs;
    private readonly DataKey? _key;
    private readonly Queue<Task<ReadChunk>> _ahead = new(ReadAhead + 1);
    private readonly Dictionary<BlobId, IBlobPin> _pins = [];

    public ChunkReader(IBlobStore blobs, IEnumerable<ChunkRun> runs, DataKey? key)
    {
        _blobs = blobs;
        _runs = runs.GetEnumerator();
        _key = key;
    }

    /// <summary>Reads and verifies the first chunk, before anything is answered, and sets the next ones going.</summary>
    public async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        await FillAsync(cancellationToken);
        if (_ahead.TryPeek(out var first))
        {
            await first;
        }
    }

    /// <summary>The next chunk, to be disposed; null after the last.</summary>
    /// <exception cref="CorruptDataException">It is missing, or not what was written.</exception>
    public async ValueTask<ReadChunk?> NextAsync(CancellationToken cancellationToken)
    {
        if (!_ahead.TryDequeue(out var next))
        {
            return null;
        }

        var chunk = await next;
        try
        {
            if (_pins.TryGetValue(chunk.Blob, out var pin) && !pin.IsFresh)
            {
                throw new StoreUnavailableException($"The blob {chunk.Blob} could not be kept while it was read.");
            }

            await FillAsync(cancellationToken);
            return chunk;
        }
        catch
        {
            chunk.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var task in _ahead)
        {
            await ((Task)task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (task.IsCompletedSuccessfully)
            {
                (await task).Dispose();
            }
        }

        _ahead.Clear();
        foreach (var pin in _pins.Values)
        {
            pin.Dispose();
        }

        _pins.Clear();
        _runs.Dispose();
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        while (_ahead.Count <= ReadAhead && _runs.MoveNext())
        {
            var run = _runs.Current;
            if (!_pins.ContainsKey(run.Part.Blob))
            {
                _pins.Add(run.Part.Blob, await _blobs.PinAsync(run.Part.Blob, cancellationToken));
            }

            _ahead.Enqueue(ReadAsync(run, cancellationToken));
        }
    }

    private async Task<ReadChunk> ReadAsync(ChunkRun run, CancellationToken cancellationToken)
    {
        var part = run.Part;
        var buffer = await _blobs.RentChunkAsync(part.ChunkSize, cancellationToken);
        try
        {
            var length = await _blobs.ReadAsync(part.Blob, part.ChunkSize, run.Number, buffer, cancellationToken);
            if (_key is not null)
            {
                using var cipher = _key.CreateCipher(part.Nonce.Span);
                length = cipher.DecryptInPlace(part.Blob, run.Number, run.IsLast, buffer.Memory.Span[..length]);
            }

            return length == run.Length
                ? new ReadChunk(part.Blob, buffer, buffer.Memory.Slice(run.Skip, run.Count))
                : throw new CorruptDataException($"Chunk {run.Number} of blob {part.Blob} has {length} bytes and should have {run.Length}.");
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }
}
