using System.Runtime.InteropServices;
using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Catalog;
using S3Cassandra.Storage.Embedded.Files;
using S3Cassandra.Storage.Embedded.Sqlite;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Embedded;

/// <summary>
/// The store for one machine and one process: SQLite for index, catalog and small bodies, a file per blob. In its folder:
/// <c>lock</c>, <c>index.db</c> with its -wal and -shm, <c>blobs/written/HOUR/ID</c> and <c>blobs/kept/HOUR/ID</c>.
/// </summary>
public sealed class EmbeddedStore : IAsyncDisposable
{
    private readonly DirectoryLock _lock;
    private readonly SqliteConnection _connection;
    private readonly ReaderPool _readers;
    private readonly WriterThread _writer;
    private readonly Checkpointer _checkpointer;
    private readonly IoThreads _threads;
    private readonly ChunkPool _pool;
    private readonly ClearedSuspects _cleared;
    private readonly StoreHealth _health = new();
    private readonly BlobPaths _paths;

    private EmbeddedStore(EmbeddedStoreOptions options, TimeProvider clock, DirectoryLock directoryLock, SqliteConnection connection)
    {
        Options = options;
        _lock = directoryLock;
        _connection = connection;
        var space = new FreeSpace(options.Directory, options.ReservedBytes);
        _checkpointer = new Checkpointer(DatabasePath(options), options.CheckpointBytes, _health);
        _writer = new WriterThread(new SqliteWriter(connection, clock), _health, _checkpointer, options.CommitQueueLength);
        _readers = new ReaderPool(DatabasePath(options));
        _threads = new IoThreads(options.IoThreads);
        _pool = new ChunkPool(options.ChunkPoolBytes, ChunkLayout.Front);
        _paths = new BlobPaths(BlobsPath(options), clock);
        var folders = new HourFolders(_health, _threads);
        _cleared = new ClearedSuspects(_writer, folders, clock);
        var suspects = new SuspectList(_paths, new BlobHolds(), folders, _threads, _readers, _writer, _cleared);
        UsesDirectIo = options.DirectIo != DirectIoMode.Off && TakesDirectIo(BlobsPath(options));
        if (options.DirectIo == DirectIoMode.On && !UsesDirectIo)
        {
            throw new StoreUnavailableException($"The file system of {options.Directory} does not take direct I/O (O_DIRECT).");
        }

        Index = new EmbeddedIndex(_readers, _writer, space);
        Catalog = new EmbeddedCatalog(_readers, _writer);
        Blobs = new EmbeddedBlobStore(_paths, _pool, _threads, folders, suspects, _health, space, clock, options, UsesDirectIo);
    }

    public EmbeddedStoreOptions Options { get; }

    public IObjectIndex Index { get; }

    public IBlobStore Blobs { get; }

    public ICatalog Catalog { get; }

    /// <summary>Whether blobs are written past the page cache.</summary>
    public bool UsesDirectIo { get; }

    /// <summary>Why no write is taken any more; null while all is well.</summary>
    public string? Failure => _health.Failure;

    /// <summary>Chunk memory on loan, in bytes.</summary>
    public long LoanedChunkBytes => _pool.Loaned;

    /// <summary>Opens the store in a folder, making it where there is none; replays what a crash left in the log.</summary>
    /// <exception cref="StoreUnavailableException">The folder is in use, of another format, or cannot be used; the message says which.</exception>
    /// <exception cref="CorruptDataException">The index is damaged.</exception>
    public static EmbeddedStore Open(EmbeddedStoreOptions options, TimeProvider? clock = null)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(options.ChunkSize % ChunkLayout.Page, 0, nameof(options));
        SqliteVersion.ThrowIfUnsafe();
        DirectoryLock? directoryLock = null;
        SqliteConnection? connection = null;
        try
        {
            MakeFolders(options);
            directoryLock = DirectoryLock.Take(options.Directory);
            connection = Schema.OpenWriter(DatabasePath(options));
            SyncFolders(options);
            return new EmbeddedStore(options, clock ?? TimeProvider.System, directoryLock, connection);
        }
        catch (Exception e)
        {
            connection?.Dispose();
            directoryLock?.Dispose();
            throw e switch
            {
                SqliteException { IsFull: true } => new StoreFullException("No space left for the index.", e),
                SqliteException sqlite => sqlite.ForReader(),
                IOException or UnauthorizedAccessException => new StoreUnavailableException($"Cannot use {options.Directory}: {e.Message}", e),
                _ => e,
            };
        }
    }

    /// <summary>
    /// Checks what only this store knows of: the database's own structure, bodies without row and rows without body, and the blobs' folder.
    /// Reads the whole database; contents are for <c>Storage.Garbage.Fsck</c>.
    /// </summary>
    public async Task<IReadOnlyList<StoreFinding>> CheckAsync() =>
    [
        .. await _threads.RunAsync(() => StoreCheck.CheckDatabase(DatabasePath(Options))),
        .. await _threads.RunAsync(() => StoreCheck.CheckFolders(_paths)),
    ];

    /// <summary>Finishes what was begun, then closes. Whoever calls afterwards gets an <see cref="ObjectDisposedException"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        // The connection that writes goes last: closing the last one empties the log into the database.
        await _cleared.DisposeAsync();
        await _writer.DisposeAsync();
        _readers.Dispose();
        await _checkpointer.DisposeAsync();
        _connection.Dispose();
        _threads.Dispose();
        _pool.Dispose();
        _lock.Dispose();
    }

    private static string DatabasePath(EmbeddedStoreOptions options) => Path.Combine(options.Directory, "index.db");

    private static string BlobsPath(EmbeddedStoreOptions options) => Path.Combine(options.Directory, "blobs");

    private static void MakeFolders(EmbeddedStoreOptions options)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("The embedded store needs Linux.");
        }

        const UnixFileMode ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        foreach (var folder in new[] { "", "written", "kept" })
        {
            Directory.CreateDirectory(options.Directory, ownerOnly);
            Directory.CreateDirectory(Path.Combine(BlobsPath(options), folder), ownerOnly);
        }
    }

    /// <summary>Without these a power cut could lose the folders that everything else was synced into.</summary>
    private static void SyncFolders(EmbeddedStoreOptions options)
    {
        var data = Path.GetFullPath(options.Directory);
        foreach (var folder in new[] { BlobsPath(options), data, Path.GetDirectoryName(data) ?? data })
        {
            var error = Posix.SyncDirectory(folder);
            if (error != 0)
            {
                throw new StoreUnavailableException($"fsync of {folder} failed: {Marshal.GetPInvokeErrorMessage(error)}");
            }
        }
    }

    private static unsafe bool TakesDirectIo(string folder)
    {
        var path = Path.Combine(folder, "direct-io-probe");
        File.Delete(path);
        var memory = PageMemory.Map(ChunkLayout.Page);
        using var file = Posix.Open(path, Posix.WriteOnly | Posix.Create | Posix.Direct);
        var taken = !file.IsInvalid && Posix.WriteAll(file, memory, ChunkLayout.Page, 0) == 0;
        PageMemory.Unmap(memory, ChunkLayout.Page);
        File.Delete(path);
        return taken;
    }
}
