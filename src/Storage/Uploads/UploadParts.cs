using System.Runtime.CompilerServices;
using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Uploads;

/// <summary>The part rows of an upload, a page at a time, and what they hold.</summary>
public sealed class UploadParts(IObjectIndex index, IBlobStore blobs)
{
    private const int PageSize = 1000;

    /// <summary>Every part above a number, superseded ones too, ordered by (number, stamp).</summary>
    public async IAsyncEnumerable<StoredPart> AllAsync(
        BucketId bucket, UploadId upload, int afterNumber, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var limit = PageSize;
        while (true)
        {
            var rows = await index.ListPartsAsync(bucket, upload, afterNumber, limit, cancellationToken);
            var whole = rows.Count < limit;

            // Pages begin at a number: the last number of a full page may go on behind it, and is read again with the next one.
            var last = rows.Count > 0 ? rows[^1].Number : afterNumber;
            foreach (var row in rows)
            {
                if (whole || row.Number < last)
                {
                    yield return new StoredPart(row.Number, row.Stamp, PartRecordCodec.Decode(row.Record.Span));
                }
            }

            if (whole)
            {
                yield break;
            }

            limit = rows[0].Number == last ? limit * 2 : PageSize;
            afterNumber = last - 1;
        }
    }

    /// <summary>The latest part of each number above a number.</summary>
    public async IAsyncEnumerable<StoredPart> LatestAsync(
        BucketId bucket, UploadId upload, int afterNumber, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StoredPart? latest = null;
        await foreach (var part in AllAsync(bucket, upload, afterNumber, cancellationToken))
        {
            if (latest is not null && latest.Number != part.Number)
            {
                yield return latest;
            }

            latest = part;
        }

        if (latest is not null)
        {
            yield return latest;
        }
    }

    /// <summary>
    /// Frees what an upload held that was given up, at once. Its row is gone and no object came of it. What cannot be freed now is left
    /// to the sweeper, which knows of the upload.
    /// </summary>
    public async ValueTask FreeAsync(BucketId bucket, UploadId upload, CancellationToken cancellationToken)
    {
        try
        {
            var all = true;
            await foreach (var part in AllAsync(bucket, upload, 0, cancellationToken))
            {
                all &= part.Record.Stored is not { } stored || await blobs.DeleteAsync(stored.Blob, cancellationToken);
            }

            if (all)
            {
                await index.RemovePartsAsync(bucket, upload, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is StoreUnavailableException or CorruptDataException)
        {
            // The upload is given up all the same.
        }
    }
}
