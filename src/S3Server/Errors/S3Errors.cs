namespace S3Cassandra.S3Server.Errors;

/// <summary>S3's errors, one row each.</summary>
internal static class S3Errors
{
    public static readonly S3Error NoSuchBucket = new("NoSuchBucket", 404, "The specified bucket does not exist");
}
