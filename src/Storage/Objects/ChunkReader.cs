using System.IO.Pipelines;
using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Encryption;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Objects;

/// <summary>
/// Reads chunks in order, verified and decrypted; a few ahead, as long as the disk is waited for. Pins every blob that it will read from when it starts: a reader that takes
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
    private bool _awaitsDisk;

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
        Left = count;
        _readAhead = lending.BeginReadAhead((int)Math.Min(readAhead, count / blobs.ChunkSize));
    }

    /// <summary>How many bytes there are after those of the chunk that was returned last.</summary>
    public long Left { get; private set; }

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

        Fill(1, cancellationToken);
        ReadAhead(cancellationToken);
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

            ReadAhead(cancellationToken);
            Left -= chunk.Run.Count;
            return chunk;
        }
        catch
        {
            chunk.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Waits until the client takes more, and does not keep the chunk from others meanwhile: the chunk, which may have been read again.
    /// </summary>
    /// <param name="chunk">Disposed by the caller, as is what this returns.</param>
    /// <param name="client">Completes when the client takes more.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The chunk; null when the client went away.</returns>
    public async ValueTask<ReadChunk?> HoldAsync(ReadChunk chunk, ValueTask<FlushResult> client, CancellationToken cancellationToken)
    {
        if (client.IsCompleted)
        {
            return IsTaken(await client) ? chunk : null;
        }

        _lending.BeginHolding(chunk);
        try
        {
            if (!IsTaken(await client))
            {
                return null;
            }
        }
        finally
        {
            _lending.EndHolding(chunk);
        }

        return chunk.IsHeld ? chunk : await ReadAsync(chunk.Run, cancellationToken);
    }

    /// <summary>Whether a chunk may be handed to the response at once: until <see cref="EndWhole"/>.</summary>
    public bool BeginWhole() => _lending.BeginWhole();

    public void EndWhole() => _lending.EndWhole();

    /// <summary>Whether somebody still reads what was flushed.</summary>
    public static bool IsTaken(FlushResult flushed) => !flushed.IsCompleted && !flushed.IsCanceled;

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
            var read = ReadAsync(_runs.Current, cancellationToken);
            _awaitsDisk = !read.IsCompleted;
            _ahead.Enqueue(read);
        }
    }

    /// <summary>
    /// Nothing is gained ahead of what comes out of the page cache at once: it would only push the chunk in use out of the processor's.
    /// </summary>
    private void ReadAhead(CancellationToken cancellationToken)
    {
        if (_awaitsDisk)
        {
            Fill(_readAhead, cancellationToken);
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
                ? new ReadChunk(run, buffer)
                : throw new CorruptDataException($"Chunk {run.Number} of blob {part.Blob} has {length} bytes and should have {run.Length}.");
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }
}
