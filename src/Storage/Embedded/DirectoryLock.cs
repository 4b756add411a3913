using Microsoft.Win32.SafeHandles;
using S3Cassandra.Storage.Embedded.Files;

namespace S3Cassandra.Storage.Embedded;

/// <summary>One process per data folder: an flock(2) on its file "lock", gone with the process however it ends.</summary>
internal sealed class DirectoryLock : IDisposable
{
    private readonly SafeFileHandle _file;

    private DirectoryLock(SafeFileHandle file) => _file = file;

    /// <exception cref="StoreUnavailableException">Somebody else has it, or it cannot be opened.</exception>
    public static DirectoryLock Take(string directory)
    {
        var file = Posix.Open(Path.Combine(directory, "lock"), Posix.ReadWrite | Posix.Create);
        if (file.IsInvalid)
        {
            throw new StoreUnavailableException($"Cannot open the lock of the data folder {directory}.");
        }

        if (!Posix.TryLock(file))
        {
            file.Dispose();
            throw new StoreUnavailableException($"The data folder {directory} is in use by another process.");
        }

        return new DirectoryLock(file);
    }

    /// <summary>Unlocks before it closes: a child process that is being started has the file until it is.</summary>
    public void Dispose()
    {
        if (!_file.IsClosed)
        {
            Posix.Unlock(_file);
            _file.Dispose();
        }
    }
}
