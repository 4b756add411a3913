using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Uploads;

namespace S3Cassandra.Storage.Garbage;

/// <summary>Looks where a reference to a blob may stand: in the key's records and manifests, or among the parts of an upload under way.</summary>
internal sealed class BlobReferences(KeyRecords records, ManifestCache manifests, UploadParts parts)
{
    /// <summary>Beyond that many the parts of an upload are not remembered: 16 bytes each.</summary>
    private const int MaxRemembered = 50_000;

    private readonly Lock _gate = new();
    private (UploadId Upload, HashSet<BlobId> Blobs) _recent = (default, []);

    public async ValueTask<BlobReference> FindAsync(BlobOwner owner, BlobId blob, CancellationToken cancellationToken)
    {
        if (owner.Upload is { } known && Remembered(known, blob))
        {
            return BlobReference.Found;
        }

        var walk = await records.VisitAsync(
            owner.Bucket, owner.Key, owner.Upload, (record, token) => manifests.RefersAsync(record, blob, token), cancellationToken);
        return walk.Status switch
        {
            KeyWalkStatus.Stopped => BlobReference.Found,
            KeyWalkStatus.Unsettled => BlobReference.Unsettled,
            _ => walk.UploadStands && owner.Upload is { } upload && await IsPartAsync(owner.Bucket, upload, blob, cancellationToken)
                ? BlobReference.Found
                : BlobReference.None,
        };
    }

    /// <summary>
    /// A blob once seen among an upload's parts stays the upload's: when that ends, it is looked at as a part of an ended upload.
    /// </summary>
    private bool Remembered(UploadId upload, BlobId blob)
    {
        lock (_gate)
        {
            return _recent.Upload == upload && _recent.Blobs.Contains(blob);
        }
    }

    private async ValueTask<bool> IsPartAsync(BucketId bucket, UploadId upload, BlobId blob, CancellationToken cancellationToken)
    {
        var seen = new HashSet<BlobId>();
        var found = false;
        await foreach (var part in parts.AllAsync(bucket, upload, 0, cancellationToken))
        {
            if (part.Record.Stored is { } stored)
            {
                found |= stored.Blob == blob;
                if (seen.Count < MaxRemembered)
                {
                    seen.Add(stored.Blob);
                }
            }
        }

        lock (_gate)
        {
            _recent = (upload, seen);
        }

        return found;
    }
}
