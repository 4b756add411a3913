using System.Threading.Channels;
using S3Cassandra.Storage.Blobs;

namespace S3Cassandra.Storage.Objects;

/// <summary>
/// How many copies run at once. A copy is the only one that holds a chunk of the pool (the one that it fills) while it waits for another
/// (the one that it reads next): enough of them could hold all of the pool, each waiting for the others. So many run that they hold a
/// quarter of the pool at most; whoever else holds chunks gives them back whatever happens.
/// </summary>
internal sealed class CopySlots
{
    /// <summary>Two that a waiting copy may hold, and those that it has in flight to the store.</summary>
    private const int ChunksPerCopy = 8;

    private readonly Channel<Slot> _free = Channel.CreateUnbounded<Slot>();

    public CopySlots(IBlobStore blobs)
    {
        var count = Math.Clamp(blobs.PoolBytes / ChunksPerCopy / blobs.ChunkSize, 1, 1024);
        for (var i = 0; i < count; i++)
        {
            _free.Writer.TryWrite(new Slot(_free.Writer));
        }
    }

    /// <summary>Waits for a slot; dispose what it gives, once, to leave it.</summary>
    public async ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken) => await _free.Reader.ReadAsync(cancellationToken);

    private sealed class Slot(ChannelWriter<Slot> free) : IDisposable
    {
        public void Dispose() => free.TryWrite(this);
    }
}
