using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Checksums;
using S3Cassandra.Storage.Encryption;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.Storage.Uploads;

/// <summary>
/// Multipart uploads: initiating one, its parts, and giving it up; <see cref="UploadCompletion"/> makes it an object. An upload is a row
/// of its key; whoever deletes that row, in one commit, has decided what becomes of it. Parts are rows of their own that are never
/// changed: a number uploaded again is another row. A part's bytes always lie in a blob, however few: Complete then only lists them.
/// </summary>
public sealed class MultipartUploads(IObjectIndex index, BodyStorer bodies, UploadParts parts, TimeProvider time)
{
    public const int MaxPartNumber = 10_000;

    /// <summary>Retries on a change of the bucket's configuration; so many in a row mean that something is wrong.</summary>
    private const int MaxAttempts = 16;

    public async ValueTask<InitiateOutcome> InitiateAsync(
        BucketId bucket, ObjectKey key, UploadRecord upload, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var id = UploadId.New(now);
        var address = new RowAddress(IndexSection.Upload, id.ToBytes());
        var record = UploadRecordCodec.Encode(upload with { Initiated = now });
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await index.ReadAsync(bucket, new KeyRead(key), cancellationToken) is not { } rows)
            {
                return new InitiateOutcome(UploadStatus.BucketGone);
            }

            var commit = new IndexCommit
            {
                Bucket = bucket,
                Key = key,
                Epoch = rows.Epoch,
                Started = now,
                Conditions = [new RowCondition(address, null)],
                Writes = [new RowWrite(address, Guid.NewGuid(), record, default)],
            };
            switch ((await index.CommitAsync(commit, cancellationToken)).Outcome)
            {
                case CommitOutcome.Applied:
                    return new InitiateOutcome(UploadStatus.Done, id);
                case CommitOutcome.BucketGone:
                    return new InitiateOutcome(UploadStatus.BucketGone);
                case CommitOutcome.EpochChanged:
                    break;
                default:
                    return new InitiateOutcome(UploadStatus.Unknown);
            }
        }

        return new InitiateOutcome(UploadStatus.Unknown);
    }

    /// <summary>The upload, if it is under way under this very key; null otherwise.</summary>
    public async ValueTask<FoundUpload?> FindAsync(BucketId bucket, ObjectKey key, UploadId id, CancellationToken cancellationToken)
    {
        var suffix = id.ToBytes();
        var rows = await index.ReadAsync(bucket, new KeyRead(key, Upload: suffix), cancellationToken);
        return rows?.Find(new RowAddress(IndexSection.Upload, suffix)) is { } row
            ? new FoundUpload(bucket, key, id, row.Ver, UploadRecordCodec.Decode(row.Record))
            : null;
    }

    /// <summary>Stores a part of an upload that was found.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="number">1 to <see cref="MaxPartNumber"/>.</param>
    /// <param name="body">Its bytes; the checksum kept is of the algorithm that the body names.</param>
    /// <param name="key">The upload's data key, where it is encrypted.</param>
    /// <param name="cancellationToken">Ends it; nothing stays.</param>
    public async ValueTask<PutPartOutcome> PutPartAsync(
        FoundUpload upload, int number, IObjectBody body, DataKey? key, CancellationToken cancellationToken)
    {
        var begun = time.GetUtcNow();
        var owner = new BlobOwner(upload.Bucket, upload.Key, upload.Id);
        await using var stored = await bodies.StoreAsync(body, owner, key, allowInline: false, cancellationToken);
        if (stored.Status != StoredBodyStatus.Stored || stored.Digests is not { } digests)
        {
            return new PutPartOutcome(stored.Status == StoredBodyStatus.TooLarge ? UploadStatus.TooLarge : UploadStatus.BodyRefused);
        }

        var part = new PartRecord
        {
            Size = digests.Length,
            ETag = EntityTag.Format(stored.ETagMd5.Span),
            LastModified = time.GetUtcNow(),
            Checksum = digests.Checksum,
            Crc64Nvme = digests.Crc64Nvme,
            Stored = stored.Part is { } place ? place with { Number = number, Checksum = digests.Checksum } : null,
        };
        CrashPoint.Hit("part-before-row");
        bool added;
        try
        {
            var row = new PartRow(number, PartStamp.New(begun), PartRecordCodec.Encode(part), default);
            added = await index.AddPartAsync(upload.Bucket, upload.Key, upload.Id, row, cancellationToken);
        }
        catch
        {
            // It may be there all the same: the sweeper finds out.
            stored.Keep();
            throw;
        }

        if (!added)
        {
            return new PutPartOutcome(UploadStatus.NoSuchUpload);
        }

        stored.Keep();
        CrashPoint.Hit("part-after-row");
        return new PutPartOutcome(UploadStatus.Done, part);
    }

    /// <summary>Gives an upload up: from here on it cannot be completed, and its parts go.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="key">The key that it was initiated for.</param>
    /// <param name="id">The upload.</param>
    /// <param name="initiated">When it must have been initiated, to the second; null for whenever, as is a time to come.</param>
    /// <param name="cancellationToken">Ends it; the outcome is unknown once the commit has begun.</param>
    public async ValueTask<UploadStatus> AbortAsync(
        BucketId bucket, ObjectKey key, UploadId id, DateTimeOffset? initiated, CancellationToken cancellationToken)
    {
        var suffix = id.ToBytes();
        var address = new RowAddress(IndexSection.Upload, suffix);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await index.ReadAsync(bucket, new KeyRead(key, Upload: suffix), cancellationToken) is not { } rows)
            {
                return UploadStatus.BucketGone;
            }

            if (rows.Find(address) is not { } row)
            {
                return UploadStatus.NoSuchUpload;
            }

            if (initiated is { } expected
                && expected <= time.GetUtcNow()
                && UploadRecordCodec.Decode(row.Record).Initiated.ToUnixTimeSeconds() != expected.ToUnixTimeSeconds())
            {
                return UploadStatus.PreconditionFailed;
            }

            CrashPoint.Hit("abort-before-commit");
            var commit = new IndexCommit
            {
                Bucket = bucket,
                Key = key,
                Epoch = rows.Epoch,
                Started = time.GetUtcNow(),
                Conditions = [new RowCondition(address, row.Ver)],
                Deletes = [address],
                EndsUpload = id,
            };
            switch ((await index.CommitAsync(commit, cancellationToken)).Outcome)
            {
                case CommitOutcome.Applied:
                    CrashPoint.Hit("abort-after-commit");
                    await parts.FreeAsync(bucket, id, cancellationToken);
                    return UploadStatus.Done;
                case CommitOutcome.RowsChanged:
                    return UploadStatus.NoSuchUpload;
                case CommitOutcome.BucketGone:
                    return UploadStatus.BucketGone;
                case CommitOutcome.EpochChanged or CommitOutcome.Fenced:
                    break;
                default:
                    return UploadStatus.Unknown;
            }
        }

        return UploadStatus.Unknown;
    }
}
