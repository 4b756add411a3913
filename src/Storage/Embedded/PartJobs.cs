using S3Cassandra.Storage.Embedded.Sqlite;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Embedded;

/// <summary>What the writer does to all parts of an upload.</summary>
internal static class PartJobs
{
    public static bool Remove(SqliteWriter writer, BucketId bucket, UploadId upload)
    {
        writer.Parts.RemoveAll(bucket, upload);
        return true;
    }
}
