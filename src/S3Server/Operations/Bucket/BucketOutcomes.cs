using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Buckets;

namespace S3Cassandra.S3Server.Operations.Bucket;

/// <summary>What operations on buckets answer where the store's outcome is not success.</summary>
internal static class BucketOutcomes
{
    public static S3Exception NoSuchBucket(S3Context context) =>
        new(S3Errors.NoSuchBucket, null, ("BucketName", context.Target.Bucket));

    /// <summary>The outcome of a write is not known.</summary>
    public static S3Exception Unknown() => new(S3Errors.SlowDown, "Please reduce your request rate or try again.");

    /// <summary>Changes the bucket's record.</summary>
    /// <exception cref="S3Exception">It could not be, or nobody knows.</exception>
    public static async ValueTask ChangeAsync(
        this BucketStore buckets, S3Context context, Func<BucketRecord, BucketRecord> change, CancellationToken cancellationToken)
    {
        Require(await buckets.ChangeAsync(context.Bucket, change, cancellationToken), context);
    }

    /// <exception cref="S3Exception">It was not changed, or nobody knows.</exception>
    public static void Require(BucketChangeOutcome outcome, S3Context context)
    {
        switch (outcome)
        {
            case BucketChangeOutcome.Changed:
                return;
            case BucketChangeOutcome.NotFound:
                throw NoSuchBucket(context);
            case BucketChangeOutcome.Conflict:
                throw new S3Exception(S3Errors.OperationAborted);
            default:
                throw Unknown();
        }
    }
}
