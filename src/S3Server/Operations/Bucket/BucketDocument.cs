using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Xml;

namespace S3Cassandra.S3Server.Operations.Bucket;

/// <summary>Reads the documents that set a bucket's configurations: at most 64 KiB, as S3 limits the largest of them (CORS).</summary>
internal static class BucketDocument
{
    public const int MaxLength = 64 * 1024;

    /// <summary>More than 64 KiB can hold of the shortest elements.</summary>
    private const int MaxElements = 20_000;

    public static async ValueTask<XmlElement> ReadAsync(S3Context context, string root, CancellationToken cancellationToken) =>
        S3XmlReader.Parse(await context.Body.ReadAllAsync(MaxLength, cancellationToken), root, MaxElements);
}
