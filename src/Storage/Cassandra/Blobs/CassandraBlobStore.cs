using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Cassandra.Statements;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Blobs;

/// <summary><see cref="IBlobStore"/> in Cassandra: chunks in <see cref="ChunkTable"/>, suspects in <see cref="ISuspectTable"/>, pins.</summary>
internal sealed class CassandraBlobStore : IBlobStore, IAsyncDisposable
{
    private readonly BlobStoreOptions _options;
    private readonly ChunkPool _pool;
    private readonly BlobHolds _holds;
    private readonly PinKeeper _pins;

    private CassandraBlobStore(ChunkTable chunks, ISuspectTable suspicions, BlobHolds holds, PinKeeper pins, BlobStoreOptions options)
    {
        (Chunks, Suspicions, _holds, _pins, _options) = (chunks, suspicions, holds, pins, options);
        _pool = new ChunkPool(options.ChunkPoolBytes, 0);
    }

    public int ChunkSize => _options.ChunkSize;

    public int ListRanges => ChunkTable.ListRanges;

    public long PoolBytes => _options.ChunkPoolBytes;

    public ChunkTable Chunks { get; }

    public ISuspectTable Suspicions { get; }

    public PinKeeper Pins => _pins;

    /// <summary>Which suspects are this server's to look at, where several share them; null: all.</summary>
    public ISlotShare? Share { get; set; }

    public static async ValueTask<CassandraBlobStore> OpenAsync(
        CqlSession session,
        StatementRunner runner,
        ISuspectTable suspicions,
        BlobStoreOptions options,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var chunks = new ChunkTable(session, runner, await BlobStatements.PrepareAsync(runner, cancellationToken));
        var holds = new BlobHolds();
        var pins = await PinKeeper.OpenAsync(session, runner, holds, options.Pins, clock, cancellationToken);
        return new CassandraBlobStore(chunks, suspicions, holds, pins, options);
    }

    public ValueTask<ChunkBuffer> RentChunkAsync(int size, CancellationToken cancellationToken) => _pool.RentAsync(size, cancellationToken);

    public ValueTask<IBlobWriter> CreateAsync(BlobOwner owner, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var id = BlobId.New();
        _holds.BeginWriting(id);
        return ValueTask.FromResult<IBlobWriter>(new CassandraBlobWriter(this, id, owner, NameAsync(Suspicion.Written(id, owner))));
    }

    public async ValueTask<int> ReadAsync(BlobId blob, int chunkSize, int number, ChunkBuffer buffer, CancellationToken cancellationToken)
    {
        var lent = (PooledChunk)buffer;
        ArgumentOutOfRangeException.ThrowIfLessThan(lent.Size, chunkSize, nameof(buffer));
        var (rows, chunk) = await Chunks.ReadAsync(blob, number, chunkSize, cancellationToken);

        // An answer's memory is its reader's alone.
        lent.Replace(MemoryMarshal.AsMemory(chunk), rows);
        return chunk.Length;
    }

    public ValueTask<IBlobPin> PinAsync(BlobId blob, CancellationToken cancellationToken) => ValueTask.FromResult<IBlobPin>(_pins.Pin(blob));

    public async IAsyncEnumerable<Suspect> SuspectsAsync(DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var share = Share;
        var slots = share is null ? SuspectSlots.Bodies : [.. share.Held.Intersect(SuspectSlots.Bodies)];
        await foreach (var naming in Suspicions.ReadAsync(slots, before, cancellationToken))
        {
            if (share is not null && !share.Holds(SuspectSlots.Of(naming.Suspicion.Kind, naming.Since)))
            {
                // Somebody else's by now.
                continue;
            }

            if (SuspectOf(naming) is { } suspect && !_holds.IsBeingWritten(suspect.Blob))
            {
                yield return suspect;
            }
        }
    }

    public ValueTask MarkUnreferencedAsync(Suspect suspect, DateTimeOffset now, CancellationToken cancellationToken) =>
        Suspicions.MarkAsync(NamingOf(suspect), now, cancellationToken);

    public ValueTask ClearAsync(Suspect suspect, CancellationToken cancellationToken) =>
        Suspicions.ClearAsync(NamingOf(suspect), cancellationToken);

    public async ValueTask<bool> DeleteAsync(BlobId blob, CancellationToken cancellationToken)
    {
        if (!_holds.IsFree(blob) || await _pins.IsPinnedAsync(blob, cancellationToken))
        {
            return false;
        }

        var header = await Chunks.ReadHeaderAsync(blob, cancellationToken);
        await Chunks.DeleteAsync(blob, header?.Groups ?? 1, cancellationToken);
        if (header is { Naming: { } stamp, Owner: { } owner })
        {
            await Suspicions.ClearAsync(new NamedSuspicion(Suspicion.Written(blob, owner), stamp), cancellationToken);
        }

        return true;
    }

    public async ValueTask<BlobOwner?> OwnerAsync(BlobId blob, CancellationToken cancellationToken) =>
        (await Chunks.ReadHeaderAsync(blob, cancellationToken))?.Owner;

    public async IAsyncEnumerable<BlobId> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var range = 0; range < ListRanges; range++)
        {
            await foreach (var blob in ListAsync(range, cancellationToken))
            {
                yield return blob;
            }
        }
    }

    /// <summary>A range of tokens.</summary>
    public IAsyncEnumerable<BlobId> ListAsync(int range, CancellationToken cancellationToken)
    {
        var (above, last) = ChunkTable.Range(range);
        return Chunks.ListAsync(above, last, cancellationToken);
    }

    public void EndWriter(BlobId blob) => _holds.EndWriting(blob);

    public async ValueTask DisposeAsync()
    {
        await _pins.DisposeAsync();
        _pool.Dispose();
    }

    /// <summary>Whoever begins a blob and gives it up wants to know what was named, to clear it: so this goes on to its end.</summary>
    private async Task<NamedSuspicion> NameAsync(Suspicion suspicion) => (await Suspicions.NameAsync([suspicion], CancellationToken.None))[0];

    private static Suspect? SuspectOf(NamedSuspicion naming)
    {
        var suspicion = naming.Suspicion;
        SuspectKind? kind = suspicion.Kind switch
        {
            SuspicionKind.WrittenBlob => SuspectKind.Written,
            SuspicionKind.ReleasedBlob => SuspectKind.Released,
            SuspicionKind.EndedUpload => SuspectKind.EndedUpload,
            _ => null,
        };
        return kind is not null && suspicion.Key is { } key
            ? new Suspect(
                kind.Value,
                kind == SuspectKind.EndedUpload ? default : new BlobId(suspicion.Id),
                new BlobOwner(suspicion.Bucket, key, suspicion.Upload),
                naming.Since,
                naming.UnreferencedSince)
            {
                Stamp = naming.Stamp,
            }
            : null;
    }

    private static NamedSuspicion NamingOf(Suspect suspect)
    {
        var owner = suspect.Owner!;
        var suspicion = suspect.Kind switch
        {
            SuspectKind.Written => Suspicion.Written(suspect.Blob, owner),
            SuspectKind.Released => Suspicion.Released(suspect.Blob, owner),
            _ => Suspicion.Ended(owner.Bucket, owner.Key, owner.Upload!.Value),
        };
        return new NamedSuspicion(suspicion, suspect.Stamp, suspect.UnreferencedSince);
    }
}
