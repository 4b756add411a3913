using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Buckets;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>What x-amz-copy-source names: bucket, key, and a version if one is given.</summary>
internal sealed record CopySource(string Bucket, ObjectKey Key, VersionId? Version)
{
    private const string Header = "x-amz-copy-source";
    private const string VersionMark = "?versionId=";

    /// <summary>
    /// Percent-decoded once, with or without a slash in front; "?versionId=" counts only as sent, so that a key may hold it encoded.
    /// </summary>
    /// <exception cref="S3Exception">InvalidArgument.</exception>
    public static CopySource Parse(S3Context context)
    {
        var header = context.Header(Header) ?? "";
        var mark = header.LastIndexOf(VersionMark, StringComparison.Ordinal);
        var path = mark < 0 ? header : header[..mark];
        VersionId? version = mark < 0 ? null : VersionParameter.Parse(header[(mark + VersionMark.Length)..]);
        if (PercentDecoder.DecodeText(path, plusIsSpace: false) is not { } decoded)
        {
            throw Invalid("Invalid copy source encoding", header);
        }

        if (decoded.StartsWith("arn:", StringComparison.Ordinal))
        {
            throw new S3Exception(S3Errors.NotImplemented, "Copy sources named by ARN are not supported.", ("Header", Header));
        }

        var text = decoded.StartsWith('/') ? decoded[1..] : decoded;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0)
        {
            throw Invalid("Copy Source must mention the source bucket and key: sourcebucket/sourcekey", header);
        }

        if (!BucketName.IsValid(text.AsSpan(0, slash)))
        {
            throw Invalid("Invalid copy source bucket name", header);
        }

        return ObjectKey.TryCreate(System.Text.Encoding.UTF8.GetBytes(text[(slash + 1)..]), out var key)
            ? new CopySource(text[..slash], key, version)
            : throw Invalid("Invalid copy source object key", header);
    }

    /// <summary>As permissions name it.</summary>
    public string ToArn() => RequiredPermissions.ObjectArn(Bucket, Key.ToString());

    private static S3Exception Invalid(string message, string value) =>
        new(S3Errors.InvalidArgument, message, ("ArgumentName", Header), ("ArgumentValue", value));
}
