using System.Globalization;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Buckets;
using S3Cassandra.Storage.Encryption;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>Finds the source of CopyObject and UploadPartCopy, under its conditions.</summary>
internal sealed class CopySourceReader(BucketStore buckets, ObjectReader objects, ObjectEncryptor encryptor)
{
    /// <summary>How often the bytes may vanish between lookup and opening because the key was written again.</summary>
    private const int MaxLookups = 16;

    /// <summary>The source, with its body if it lives in the row, and its data key.</summary>
    /// <exception cref="S3Exception">NoSuchBucket, NoSuchKey, NoSuchVersion, PreconditionFailed, InvalidRequest, AccessDenied.</exception>
    public async ValueTask<(ObjectLookup Found, DataKey? Key)> FindAsync(
        CopySource source, ReadConditions conditions, CustomerKey? customer, S3Context context, CancellationToken cancellationToken)
    {
        var bucket = await buckets.FindAsync(source.Bucket, cancellationToken) ?? throw ObjectOutcomes.NoSuchBucket(source.Bucket);
        ExpectedOwner.Check(context, ExpectedOwner.SourceHeader, bucket.Owner.AccountId);
        var found = await objects.FindAsync(bucket.Id, source.Key, source.Version, withBody: true, cancellationToken);
        Require(found, source);
        if (conditions.Evaluate(found.Object) != ReadOutcome.Proceed)
        {
            throw ObjectOutcomes.PreconditionFailed(NameOf(conditions));
        }

        return (found, encryptor.OpenKey(found.Object.Encryption, customer));
    }

    /// <summary>
    /// Opens the source. Where its bytes are gone because it was written again meanwhile, it is looked up once more, and
    /// <paramref name="read"/> asked again.
    /// </summary>
    /// <param name="find">Finds it, as <see cref="FindAsync"/>.</param>
    /// <param name="range">Which bytes of what was found are wanted; throws where that is no such range.</param>
    /// <param name="read">Stores them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async ValueTask<(ObjectLookup Found, TResult Result)> ReadAsync<TResult>(
        Func<ValueTask<(ObjectLookup Found, DataKey? Key)>> find,
        Func<ObjectRecord, ByteRange> range,
        Func<ObjectLookup, OpenObject, ByteRange, ValueTask<TResult>> read,
        CancellationToken cancellationToken)
    {
        for (var lookup = 0; lookup < MaxLookups; lookup++)
        {
            var (found, key) = await find();
            var wanted = range(found.Object);
            await using var open = await objects.OpenForCopyAsync(found, key, wanted.Offset, wanted.Count, cancellationToken);
            if (open is not null)
            {
                return (found, await read(found, open, wanted));
            }
        }

        throw new S3Exception(S3Errors.SlowDown);
    }

    private static void Require(ObjectLookup found, CopySource source)
    {
        switch (found.Status)
        {
            case LookupStatus.Found:
                return;
            case LookupStatus.NoSuchVersion:
                throw new S3Exception(
                    S3Errors.NoSuchVersion, null, ("Key", source.Key.ToString()), ("VersionId", source.Version?.ToString() ?? ""));
            case LookupStatus.BucketGone:
                throw ObjectOutcomes.NoSuchBucket(source.Bucket);
            case LookupStatus.DeleteMarker when source.Version is not null:
                throw new S3Exception(
                    S3Errors.InvalidRequest, "The source of a copy request may not specifically refer to a delete marker by version id.");
            default:
                throw ObjectOutcomes.NoSuchKey(source.Key.ToString());
        }
    }

    private static string NameOf(ReadConditions conditions) =>
        conditions.IfMatch is not null ? "x-amz-copy-source-If-Match"
        : conditions.IfNoneMatch is not null ? "x-amz-copy-source-If-None-Match"
        : conditions.IfUnmodifiedSince is not null ? "x-amz-copy-source-If-Unmodified-Since"
        : "x-amz-copy-source-If-Modified-Since";

    /// <summary>The most that one copy takes over.</summary>
    public static S3Exception TooLarge() => new(
        S3Errors.InvalidRequest,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The specified copy source is larger than the maximum allowable size for a copy source: {BodyStorer.MaxLength}"));
}
