using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Xml;
using S3Cassandra.Storage.Buckets;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>Shows what is refused that would make a bucket public.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html"/>
internal sealed class GetPublicAccessBlock : IS3Operation<NoInput>
{
    public ValueTask<NoInput> ParseAsync(S3Context context, CancellationToken cancellationToken) => default;

    public void Require(NoInput input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.GetBucketPublicAccessBlock, RequiredPermissions.BucketArn(context.Target.Bucket));

    public ValueTask ExecuteAsync(NoInput input, S3Context context, CancellationToken cancellationToken) =>
        context.Bucket.PublicAccessBlock is { } block
            ? S3XmlResponse.WriteAsync(context, StatusCodes.Status200OK, block, Write, cancellationToken)
            : throw new S3Exception(S3Errors.NoSuchPublicAccessBlockConfiguration, null, ("BucketName", context.Target.Bucket));

    private static void Write(S3XmlWriter xml, PublicAccessBlock block)
    {
        xml.StartDocument("PublicAccessBlockConfiguration"u8);
        xml.Element("BlockPublicAcls"u8, Text(block.BlockPublicAcls));
        xml.Element("IgnorePublicAcls"u8, Text(block.IgnorePublicAcls));
        xml.Element("BlockPublicPolicy"u8, Text(block.BlockPublicPolicy));
        xml.Element("RestrictPublicBuckets"u8, Text(block.RestrictPublicBuckets));
        xml.End("PublicAccessBlockConfiguration"u8);
    }

    private static string Text(bool flag) => flag ? "true" : "false";
}
