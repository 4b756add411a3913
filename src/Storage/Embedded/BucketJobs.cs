using S3Cassandra.Storage.Embedded.Sqlite;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Embedded;

/// <summary>What the writer does to a bucket's key space as a whole.</summary>
internal static class BucketJobs
{
    public static bool Create(SqliteWriter writer, BucketId bucket, ReadOnlyMemory<byte> configuration)
    {
        writer.ForgetBucket(bucket);
        if (writer.FindBucket(bucket) is null)
        {
            writer.Buckets.Insert(bucket, 1, configuration.Span);
            writer.ForgetBucket(bucket);
        }

        return true;
    }

    public static ConfigurationChange Change(SqliteWriter writer, BucketId bucket, int epoch, ReadOnlyMemory<byte> configuration)
    {
        if (writer.FindBucket(bucket) is not { } found)
        {
            return ConfigurationChange.BucketGone;
        }

        if (found.Epoch != epoch)
        {
            return ConfigurationChange.EpochChanged;
        }

        writer.Buckets.Update(found.Number, epoch + 1, configuration.Span);
        writer.ForgetBucket(bucket);
        return ConfigurationChange.Applied;
    }

    /// <summary>Uploads under way end; their parts become suspects, to be removed by the sweeper.</summary>
    public static BucketRemoval Remove(SqliteWriter writer, BucketId bucket)
    {
        if (writer.FindBucket(bucket) is not { } found)
        {
            return BucketRemoval.NotFound;
        }

        if (writer.Buckets.HasObjects(found.Number))
        {
            return BucketRemoval.NotEmpty;
        }

        foreach (var (key, upload) in writer.Buckets.Uploads(found.Number))
        {
            writer.NameEndedUpload(upload, bucket, key);
        }

        writer.Buckets.Delete(found.Number);
        writer.ForgetBucket(bucket);
        return BucketRemoval.Removed;
    }
}
