using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Blobs;

/// <summary>A reader's pin: counted in this process at once, written for the other servers by <see cref="PinKeeper"/> when it lasts.</summary>
internal sealed class CassandraBlobPin(PinKeeper keeper, BlobId blob, PinTimes times, TimeProvider clock) : IBlobPin
{
    private readonly long _begun = clock.GetTimestamp();
    private long _told;
    private int _released;

    public BlobId Blob => blob;

    public bool IsFresh => Volatile.Read(ref _released) == 0
        && (Volatile.Read(ref _told) is var told && told != 0
            ? clock.GetElapsedTime(told) < times.ToldLimit
            : clock.GetElapsedTime(_begun) < times.UntoldLimit);

    /// <summary>Whether the other servers should be told, again or at last.</summary>
    public bool IsDue => Volatile.Read(ref _told) is var told && told != 0
        ? clock.GetElapsedTime(told) >= times.Refresh
        : clock.GetElapsedTime(_begun) >= times.TellAfter;

    /// <summary>It was written, by a statement begun at that timestamp.</summary>
    public void NoteTold(long begun) => Volatile.Write(ref _told, begun);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
        {
            keeper.Release(this);
        }
    }
}
