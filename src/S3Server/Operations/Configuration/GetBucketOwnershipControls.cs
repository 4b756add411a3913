using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Xml;
using S3Cassandra.Storage.Buckets;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>Shows who owns what is written into a bucket.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketOwnershipControls.html"/>
internal sealed class GetBucketOwnershipControls : IS3Operation<NoInput>
{
    public ValueTask<NoInput> ParseAsync(S3Context context, CancellationToken cancellationToken) => default;

    public void Require(NoInput input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.GetBucketOwnershipControls, RequiredPermissions.BucketArn(context.Target.Bucket));

    public ValueTask ExecuteAsync(NoInput input, S3Context context, CancellationToken cancellationToken) =>
        context.Bucket.Ownership is var ownership && ownership != ObjectOwnership.Unset
            ? S3XmlResponse.WriteAsync(context, StatusCodes.Status200OK, ownership, Write, cancellationToken)
            : throw new S3Exception(S3Errors.OwnershipControlsNotFoundError, null, ("BucketName", context.Target.Bucket));

    private static void Write(S3XmlWriter xml, ObjectOwnership ownership)
    {
        xml.StartDocument("OwnershipControls"u8);
        xml.Start("Rule"u8);
        xml.Element("ObjectOwnership"u8, ownership.ToString());
        xml.End("Rule"u8);
        xml.End("OwnershipControls"u8);
    }
}
