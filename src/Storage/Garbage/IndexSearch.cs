using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Objects;
using S3Cassandra.Storage.Uploads;

namespace S3Cassandra.Storage.Garbage;

/// <summary>Asks the whole index which of some blobs nothing refers to.</summary>
internal sealed class IndexSearch(IObjectIndex index, ManifestCache manifests, UploadParts parts)
{
    /// <summary>Takes out of the set what a record or a part row refers to, and returns it.</summary>
    /// <param name="blobs">The blobs.</param>
    /// <param name="lost">Uploads that are gone, whose part rows refer to nothing any more.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CorruptDataException">A record cannot be read, so nobody knows what it refers to.</exception>
    public async ValueTask<HashSet<BlobId>> UnreferencedAsync(
        HashSet<BlobId> blobs, IReadOnlySet<(BucketId Bucket, UploadId Upload)> lost, CancellationToken cancellationToken)
    {
        // Parts first: a Complete moves a reference from them to a head, which is then seen there.
        await foreach (var (bucket, upload) in index.ListUploadsWithPartsAsync(cancellationToken))
        {
            if (lost.Contains((bucket, upload)))
            {
                continue;
            }

            await foreach (var part in parts.AllAsync(bucket, upload, 0, cancellationToken))
            {
                if (part.Record.Stored is { } stored)
                {
                    blobs.Remove(stored.Blob);
                }
            }
        }

        await foreach (var bucket in index.ListBucketsAsync(cancellationToken))
        {
            foreach (var section in IndexWalk.Sections)
            {
                if (section == IndexSection.Upload)
                {
                    continue;
                }

                await foreach (var row in index.RowsAsync(bucket, section, cancellationToken))
                {
                    blobs.ExceptWith(await manifests.BlobsAsync(ObjectRecordCodec.Decode(row.Record), cancellationToken));
                }
            }
        }

        return blobs;
    }
}
