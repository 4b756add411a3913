namespace S3Cassandra.Storage.Embedded;

/// <summary>
/// Refuses new bytes a little before the device is full, so that deletes, which are written to the log too, still have room.
/// Asked at most every 100 ms (statvfs).
/// </summary>
internal sealed class FreeSpace(string directory, long reserved)
{
    private const int MaxAge = 100;

    private readonly DriveInfo _drive = new(directory);
    private long _asked = -MaxAge - 1;
    private volatile bool _isShort;

    /// <exception cref="StoreFullException">Less is free than is reserved.</exception>
    public void ThrowIfShort()
    {
        var now = Environment.TickCount64;
        if (now - Volatile.Read(ref _asked) > MaxAge)
        {
            Volatile.Write(ref _asked, now);
            _isShort = IsShort();
        }

        if (_isShort)
        {
            throw new StoreFullException($"Less than {reserved >> 20} MiB are free.");
        }
    }

    private bool IsShort()
    {
        try
        {
            return _drive.AvailableFreeSpace < reserved;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A disk that cannot say how full it is will fail the write itself, and that is told apart there.
            return false;
        }
    }
}
