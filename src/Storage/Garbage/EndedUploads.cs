using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Uploads;

namespace S3Cassandra.Storage.Garbage;

/// <summary>
/// Clears away after an upload that ended: of its parts' blobs those are freed that no record refers to, then its part rows go. No part
/// can come to be referred to any more, for a Complete commits only while the upload's row stands.
/// </summary>
internal sealed class EndedUploads(IObjectIndex index, IBlobStore blobs, KeyRecords records, ManifestCache manifests, UploadParts parts)
{
    /// <summary>How many parts' blobs are compared with the key's records at once: 16 bytes each.</summary>
    private const int BatchSize = 50_000;

    /// <summary>
    /// Whether the object that came of the upload is still there. If so, no reader ever saw the parts that it does not list, and they
    /// may go at once. If not, there may be readers of an object that was replaced a moment ago: their pins need a second look.
    /// </summary>
    public async ValueTask<(KeyWalk Walk, bool HasObject)> LookAsync(BlobOwner owner, UploadId upload, CancellationToken cancellationToken)
    {
        var walk = await records.VisitAsync(
            owner.Bucket, owner.Key, upload, (record, _) => ValueTask.FromResult(record.Upload == upload), cancellationToken);
        return (walk, walk.Status == KeyWalkStatus.Stopped);
    }

    /// <summary>Frees what nothing refers to, and forgets the parts; null when something has to wait.</summary>
    public async ValueTask<int?> FreeAsync(BlobOwner owner, UploadId upload, CancellationToken cancellationToken)
    {
        var (freed, waits) = (0, false);
        var batch = new HashSet<BlobId>();
        await foreach (var part in parts.AllAsync(owner.Bucket, upload, 0, cancellationToken))
        {
            if (part.Record.Stored is { } stored)
            {
                batch.Add(stored.Blob);
            }

            if (batch.Count == BatchSize)
            {
                var some = await FreeUnreferencedAsync(owner, batch, cancellationToken);
                (freed, waits) = (freed + (some ?? 0), waits || some is null);
                batch.Clear();
            }
        }

        var rest = await FreeUnreferencedAsync(owner, batch, cancellationToken);
        if (waits || rest is null)
        {
            return null;
        }

        CrashPoint.Hit("sweep-before-parts-go");
        await index.RemovePartsAsync(owner.Bucket, upload, cancellationToken);
        CrashPoint.Hit("sweep-after-parts-went");
        return freed + rest;
    }

    private async ValueTask<int?> FreeUnreferencedAsync(BlobOwner owner, HashSet<BlobId> batch, CancellationToken cancellationToken)
    {
        if (batch.Count == 0)
        {
            return 0;
        }

        var walk = await records.VisitAsync(
            owner.Bucket,
            owner.Key,
            null,
            async (record, token) =>
            {
                batch.ExceptWith(await manifests.BlobsAsync(record, token));
                return batch.Count == 0;
            },
            cancellationToken);
        if (walk.Status == KeyWalkStatus.Unsettled)
        {
            return null;
        }

        var all = true;
        foreach (var blob in batch)
        {
            CrashPoint.Hit("sweep-before-part-free");
            all &= await blobs.DeleteAsync(blob, cancellationToken);
        }

        return all ? batch.Count : null;
    }
}
