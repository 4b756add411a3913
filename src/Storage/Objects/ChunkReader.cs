using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Encryption;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Objects;

/// <summary>
/// Reads chunks in order, a few ahead, verified and decrypted. Pins every blob that it will read from when it starts: a reader that takes
/// long gets the whole object although it was overwritten long ago.
/// </summary>
internal sealed class ChunkReader : IAsyncDisposable
{
    /// <summary>Chunks read or being read beside the one in use: 1.5 MiB at 512 KiB a chunk.</summary>
    public const int UsualReadAhead = 3;

    private readonly IBlobStore _blobs;
    private readonly ChunkLending _lending;
    private readonly IReadOnlyList<ObjectPart> _parts;
    private int _readAhead;
    private readonly IEnumerator<ChunkRun> _runs;
    private readonly DataKey? _key;
    private readonly Queue<Task<ReadChunk>> _ahead = new(UsualReadAhead);
    private readonly Dictionary<BlobId, IBlobPin> _pins = [];

    /// <param name="blobs">Where the chunks are.</param>
    /// <param name="lending">Their memory.</param>
    /// <param name="parts">The object's parts.</param>
    /// <param name="offset">The first byte wanted.</param>
    /// <param name="count">How many.</param>
    /// <param name="key">The object's key, where it is encrypted.</param>
    /// <param name="readAhead">How many chunks are read beside the one in use; 0: one, when it is asked for. None where many read.</param>
    public ChunkReader(
        IBlobStore blobs, ChunkLending lending, IReadOnlyList<ObjectPart> parts, long offset, long count, DataKey? key, int readAhead)
    {
        _lending = lending;
        _blobs = blobs;
        _parts = [.. ChunkRun.PartsOf(parts, offset, count)];
        _runs = ChunkRun.Cover(parts, offset, count).GetEnumerator();
        _key = key;
        _readAhead = lending.BeginReadAhead((int)Math.Min(readAhead, count / blobs.ChunkSize));
    }

    /// <summary>Reads and verifies the first chunk, before anything is answered, and sets the next ones going.</summary>
    public async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        foreach (var part in _parts)
        {
            if (!_pins.ContainsKey(part.Blob))
            {
                _pins.Add(part.Blob, await _blobs.PinAsync(part.Blob, cancellationToken));
            }
        }

        Fill(Math.Max(1, _readAhead), cancellationToken);
        if (_ahead.TryPeek(out var first))
        {
            await first;
        }
    }

    /// <summary>The next chunk, to be disposed; null after the last.</summary>
    /// <exception cref="CorruptDataException">It is missing, or not what was written.</exception>
    public async ValueTask<ReadChunk?> NextAsync(CancellationToken cancellationToken)
    {
        Fill(1, cancellationToken);
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

            Fill(_readAhead, cancellationToken);
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
        _lending.EndReadAhead(_readAhead);
        _readAhead = 0;
        foreach (var pin in _pins.Values)
        {
            pin.Dispose();
        }

        _pins.Clear();
        _runs.Dispose();
    }

    private void Fill(int count, CancellationToken cancellationToken)
    {
        while (_ahead.Count < count && _runs.MoveNext())
        {
            _ahead.Enqueue(ReadAsync(_runs.Current, cancellationToken));
        }
    }

    private async Task<ReadChunk> ReadAsync(ChunkRun run, CancellationToken cancellationToken)
    {
        var part = run.Part;
        var buffer = await _lending.RentAsync(part.ChunkSize, cancellationToken);
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
