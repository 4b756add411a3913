using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Blobs;

/// <summary>
/// Writes one blob's chunks. Nothing is written before the blob is durably a suspect, which is under way while the first bytes come in; no
/// chunk of a further partition before the header says that there is one.
/// </summary>
internal sealed class CassandraBlobWriter(CassandraBlobStore store, BlobId id, BlobOwner owner, Task<NamedSuspicion> naming) : IBlobWriter
{
    private readonly SemaphoreSlim _gate = new(1);
    private int _groups = 1;
    private bool _headed;
    private bool _wrote;
    private bool _completed;
    private int _ended;

    public BlobId Id => id;

    public async ValueTask WriteAsync(int number, ChunkBuffer buffer, int length, ulong crc64Nvme, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, store.ChunkSize);
        var stamp = await NamedAsync(cancellationToken);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _ended) != 0, this);
        Volatile.Write(ref _wrote, true);
        var data = (ReadOnlyMemory<byte>)buffer.Memory[..length];
        if (number == 0)
        {
            await store.Chunks.InsertFirstAsync(id, data, crc64Nvme, new BlobHeader(owner, Volatile.Read(ref _groups), stamp), cancellationToken);
            Volatile.Write(ref _headed, true);
        }
        else
        {
            await AnnounceAsync(ChunkTable.GroupOf(number), stamp, cancellationToken);
            await store.Chunks.InsertAsync(id, number, data, crc64Nvme, cancellationToken);
        }

        CrashPoint.Hit("blob-after-chunk");
    }

    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        var stamp = await NamedAsync(cancellationToken);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _ended) != 0, this);
        if (!Volatile.Read(ref _headed))
        {
            _wrote = true;
            await store.Chunks.InsertHeaderAsync(id, new BlobHeader(owner, _groups, stamp), cancellationToken);
        }

        _completed = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
        {
            return;
        }

        try
        {
            if (!_completed)
            {
                await RemoveAsync();
            }
        }
        catch (StoreUnavailableException)
        {
            // What could not be removed now is a suspect still.
        }
        finally
        {
            store.EndWriter(id);
        }
    }

    private async ValueTask<Guid> NamedAsync(CancellationToken cancellationToken) =>
        naming.IsCompletedSuccessfully ? naming.Result.Stamp : (await naming.WaitAsync(cancellationToken)).Stamp;

    /// <summary>Sees to it that a delete finds this partition: the header says so before anything is in it.</summary>
    private async ValueTask AnnounceAsync(int group, Guid stamp, CancellationToken cancellationToken)
    {
        if (group < Volatile.Read(ref _groups))
        {
            return;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _ended) != 0, this);
            if (group >= _groups)
            {
                // A quarter more than needed, so that the largest object takes some fifty of these.
                var groups = group + 1 + (group / 4);
                await store.Chunks.InsertHeaderAsync(id, new BlobHeader(owner, groups, stamp), cancellationToken);
                Volatile.Write(ref _headed, true);
                Volatile.Write(ref _groups, groups);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private async ValueTask RemoveAsync()
    {
        var named = await naming;
        await _gate.WaitAsync();
        _gate.Release();
        if (_wrote)
        {
            await store.Chunks.DeleteAsync(id, _groups, CancellationToken.None);
        }

        await store.Suspicions.ClearAsync(named, CancellationToken.None);
    }
}
