using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.Storage.Garbage;

/// <summary>
/// All records of a key: its head, shown or hidden, and its versions, a page at a time. Every commit on the key renews its head, so that
/// a head that is the same after the last page as before the first says that they were read as of one moment.
/// </summary>
internal sealed class KeyRecords(IObjectIndex index)
{
    private const int Attempts = 4;
    private const int PageSize = 256;

    /// <param name="bucket">The bucket.</param>
    /// <param name="key">The key.</param>
    /// <param name="upload">An upload of that key whose row is looked for in the same read as the head.</param>
    /// <param name="visit">Sees each record, perhaps more than once; true ends the walk.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CorruptDataException">A record cannot be read, so nobody knows what it refers to.</exception>
    public async ValueTask<KeyWalk> VisitAsync(
        BucketId bucket,
        ObjectKey key,
        UploadId? upload,
        Func<ObjectRecord, CancellationToken, ValueTask<bool>> visit,
        CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var suffix = upload is { } id ? id.ToBytes() : null;
            if (await index.ReadAsync(bucket, new KeyRead(key, Upload: suffix), cancellationToken) is not { } rows)
            {
                return new KeyWalk(KeyWalkStatus.BucketGone);
            }

            var stands = suffix is not null && rows.Find(new RowAddress(IndexSection.Upload, suffix)) is not null;
            var head = rows.AnyHead;
            if (head is not null && await visit(ObjectRecordCodec.Decode(head.Record), cancellationToken))
            {
                return new KeyWalk(KeyWalkStatus.Stopped, stands);
            }

            if (await VisitVersionsAsync(bucket, key, visit, cancellationToken))
            {
                return new KeyWalk(KeyWalkStatus.Stopped, stands);
            }

            if (await index.ReadAsync(bucket, new KeyRead(key), cancellationToken) is not { } after)
            {
                return new KeyWalk(KeyWalkStatus.BucketGone);
            }

            if (after.AnyHead?.Ver == head?.Ver)
            {
                return new KeyWalk(KeyWalkStatus.Whole, stands);
            }
        }

        return new KeyWalk(KeyWalkStatus.Unsettled);
    }

    private async ValueTask<bool> VisitVersionsAsync(
        BucketId bucket, ObjectKey key, Func<ObjectRecord, CancellationToken, ValueTask<bool>> visit, CancellationToken cancellationToken)
    {
        byte[] before = [.. key.Span, 0];
        byte[] suffix = [];
        while (true)
        {
            var range = new ScanRange(bucket, IndexSection.Version, key.Memory, suffix, before, PageSize);
            using var page = await index.ScanAsync(range, cancellationToken);
            if (page is null)
            {
                return false;
            }

            foreach (var row in page.Rows)
            {
                if (await visit(ObjectRecordCodec.Decode(row.Record), cancellationToken))
                {
                    return true;
                }
            }

            if (!page.More || page.Rows.Count == 0)
            {
                return false;
            }

            suffix = [.. page.Rows[^1].Suffix.Span, 0];
        }
    }
}
