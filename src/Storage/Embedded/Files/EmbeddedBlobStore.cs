using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Embedded.Files;

/// <summary><see cref="IBlobStore"/> as one file per blob; see <see cref="BlobPaths"/> and <see cref="ChunkLayout"/>.</summary>
internal sealed class EmbeddedBlobStore(
    BlobPaths paths,
    ChunkPool pool,
    IoThreads threads,
    HourFolders folders,
    SuspectList suspects,
    StoreHealth health,
    FreeSpace space,
    TimeProvider clock,
    EmbeddedStoreOptions options,
    bool direct) : IBlobStore
{
    private readonly BlobHolds _holds = suspects.Holds;

    public int ChunkSize => options.ChunkSize;

    public long PoolBytes => options.ChunkPoolBytes;

    public BlobPaths Paths => paths;

    public IoThreads Threads => threads;

    public HourFolders Folders => folders;

    public StoreHealth Health => health;

    public int DirectFlag { get; } = direct ? Posix.Direct : 0;

    public ValueTask<ChunkBuffer> RentChunkAsync(int size, CancellationToken cancellationToken) => pool.RentAsync(size, cancellationToken);

    public ValueTask<IBlobWriter> CreateAsync(BlobOwner owner, CancellationToken cancellationToken)
    {
        ThrowIfNotWritable();
        var id = BlobPaths.NewId(clock.GetUtcNow());
        _holds.BeginWriting(id);
        return ValueTask.FromResult<IBlobWriter>(new EmbeddedBlobWriter(this, id, owner));
    }

    public ValueTask<int> ReadAsync(BlobId blob, int chunkSize, int number, ChunkBuffer buffer, CancellationToken cancellationToken)
    {
        var region = ((PooledChunk)buffer).Region;
        ArgumentOutOfRangeException.ThrowIfLessThan(region.Capacity, chunkSize, nameof(buffer));
        var read = ReadCached(region, blob, chunkSize, number);
        return read > 0
            ? ValueTask.FromResult(Verify(region, read, blob, chunkSize, number))
            : new ValueTask<int>(threads.RunAsync(() => Verify(region, ReadFile(region, blob, chunkSize, number), blob, chunkSize, number)));
    }

    public ValueTask<IBlobPin> PinAsync(BlobId blob, CancellationToken cancellationToken)
    {
        _holds.Pin(blob);
        return ValueTask.FromResult<IBlobPin>(new BlobPin(_holds, blob));
    }

    public IAsyncEnumerable<Suspect> SuspectsAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        suspects.ReadAsync(before, cancellationToken);

    public ValueTask MarkUnreferencedAsync(Suspect suspect, DateTimeOffset now, CancellationToken cancellationToken) =>
        suspects.MarkAsync(suspect, now, cancellationToken);

    public ValueTask ClearAsync(Suspect suspect, CancellationToken cancellationToken)
    {
        health.ThrowIfFailed();
        return suspects.ClearAsync(suspect);
    }

    public async ValueTask<bool> DeleteAsync(BlobId blob, CancellationToken cancellationToken)
    {
        health.ThrowIfFailed();
        return _holds.IsFree(blob) && await threads.RunAsync(() => Unlink(blob));
    }

    public async ValueTask<BlobOwner?> OwnerAsync(BlobId blob, CancellationToken cancellationToken) =>
        await threads.RunAsync(() => ReadOwner(blob));

    public async IAsyncEnumerable<BlobId> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var folder in new[] { paths.Kept, paths.Written })
        {
            foreach (var (_, path) in BlobPaths.Hours(folder))
            {
                foreach (var blob in await threads.RunAsync(() => BlobPaths.BlobsIn(path)))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return blob;
                }
            }
        }
    }

    /// <summary>Removes a blob's file, wherever it is.</summary>
    public bool Unlink(BlobId blob)
    {
        CrashPoint.Hit("blob-before-delete");
        foreach (var path in new[] { paths.WrittenPath(blob), paths.KeptPath(blob) })
        {
            try
            {
                File.Delete(path);
            }
            catch (DirectoryNotFoundException)
            {
                continue;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw health.Fail($"blob {blob} cannot be deleted: {e.Message}");
            }

            suspects.Cleared.NoteDeletion(Path.GetDirectoryName(path)!);
        }

        CrashPoint.Hit("blob-after-delete");
        return true;
    }

    public void EndWriter(BlobId blob) => _holds.EndWriting(blob);

    public void ThrowIfNotWritable()
    {
        health.ThrowIfFailed();
        space.ThrowIfShort();
    }

    /// <summary>Reads a slot out of the page cache, on the caller's thread; 0 where it is not (all) there.</summary>
    private unsafe int ReadCached(ChunkRegion region, BlobId blob, int chunkSize, int number)
    {
        using var file = paths.Open(blob, 0) ?? throw Missing(blob, number);
        var read = Posix.ReadCached(file, ChunkLayout.ChunkPageOf(region), ChunkLayout.Page + ChunkLayout.Padded(chunkSize), ChunkLayout.SlotOf(number, chunkSize));
        return read > 0 && ChunkPage.IsWhole(new ReadOnlySpan<byte>(ChunkLayout.ChunkPageOf(region), read)) ? read : 0;
    }

    private unsafe int ReadFile(ChunkRegion region, BlobId blob, int chunkSize, int number)
    {
        using var file = OpenForWait(blob) ?? throw Missing(blob, number);
        var read = Posix.ReadAll(file, ChunkLayout.ChunkPageOf(region), ChunkLayout.Page + ChunkLayout.Padded(chunkSize), ChunkLayout.SlotOf(number, chunkSize));
        return read >= 0 ? read : throw new CorruptDataException(
            $"Chunk {number} of blob {blob} cannot be read: {Marshal.GetPInvokeErrorMessage(-read)}.");
    }

    private unsafe BlobOwner? ReadOwner(BlobId blob)
    {
        using var file = paths.Open(blob, 0);
        if (file is null)
        {
            return null;
        }

        Span<byte> page = stackalloc byte[ChunkLayout.Page];
        fixed (byte* bytes = page)
        {
            var read = Posix.ReadAll(file, bytes, page.Length, 0);
            return read < 0 ? null : OwnerPage.Read(page[..read], blob);
        }
    }

    private SafeFileHandle? OpenForWait(BlobId blob) => paths.Open(blob, 0);

    private static unsafe int Verify(ChunkRegion region, int read, BlobId blob, int chunkSize, int number) =>
        ChunkPage.Verify(new ReadOnlySpan<byte>(ChunkLayout.ChunkPageOf(region), read), blob, number, chunkSize);

    private static CorruptDataException Missing(BlobId blob, int number) => new($"Blob {blob} is missing (chunk {number} was wanted).");
}
