using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Xml;

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
            ? S3XmlResponse.WriteAsync(context, StatusCodes.Status200OK, block, PublicAccessBlockDocument.Write, cancellationToken)
            : throw new S3Exception(S3Errors.NoSuchPublicAccessBlockConfiguration, null, ("BucketName", context.Target.Bucket));
}
