using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Xml;
using S3Cassandra.Storage.Buckets;

namespace S3Cassandra.S3Server.Operations.Bucket;

/// <summary>Shows a bucket's CORS configuration.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketCors.html"/>
internal sealed class GetBucketCors : IS3Operation<NoInput>
{
    public ValueTask<NoInput> ParseAsync(S3Context context, CancellationToken cancellationToken) => default;

    public void Require(NoInput input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.GetBucketCORS, RequiredPermissions.BucketArn(context.Target.Bucket));

    public ValueTask ExecuteAsync(NoInput input, S3Context context, CancellationToken cancellationToken) =>
        context.Bucket.Cors is { Count: > 0 } rules
            ? S3XmlResponse.WriteAsync(context, StatusCodes.Status200OK, rules, Write, cancellationToken)
            : throw new S3Exception(S3Errors.NoSuchCORSConfiguration, null, ("BucketName", context.Target.Bucket));

    private static void Write(S3XmlWriter xml, IReadOnlyList<CorsRule> rules)
    {
        xml.StartDocument("CORSConfiguration"u8);
        foreach (var rule in rules)
        {
            xml.Start("CORSRule"u8);
            xml.Element("ID"u8, rule.Id);
            WriteAll(xml, "AllowedMethod"u8, rule.AllowedMethods);
            WriteAll(xml, "AllowedOrigin"u8, rule.AllowedOrigins);
            WriteAll(xml, "AllowedHeader"u8, rule.AllowedHeaders);
            WriteAll(xml, "ExposeHeader"u8, rule.ExposeHeaders);
            if (rule.MaxAgeSeconds is { } seconds)
            {
                xml.Element("MaxAgeSeconds"u8, seconds);
            }

            xml.End("CORSRule"u8);
        }

        xml.End("CORSConfiguration"u8);
    }

    private static void WriteAll(S3XmlWriter xml, ReadOnlySpan<byte> name, IReadOnlyList<string> values)
    {
        foreach (var value in values)
        {
            xml.Element(name, value);
        }
    }
}
