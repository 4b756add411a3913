using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Xml;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Bucket;

/// <summary>Lists a bucket's tags.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketTagging.html"/>
internal sealed class GetBucketTagging : IS3Operation<NoInput>
{
    public ValueTask<NoInput> ParseAsync(S3Context context, CancellationToken cancellationToken) => default;

    public void Require(NoInput input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.GetBucketTagging, RequiredPermissions.BucketArn(context.Target.Bucket));

    public ValueTask ExecuteAsync(NoInput input, S3Context context, CancellationToken cancellationToken) =>
        context.Bucket.Tags is { Count: > 0 } tags
            ? S3XmlResponse.WriteAsync(context, StatusCodes.Status200OK, tags, Write, cancellationToken)
            : throw new S3Exception(S3Errors.NoSuchTagSet, null, ("BucketName", context.Target.Bucket));

    private static void Write(S3XmlWriter xml, IReadOnlyList<ObjectTag> tags)
    {
        xml.StartDocument("Tagging"u8);
        TagSet.Write(xml, tags);
        xml.End("Tagging"u8);
    }
}
