using S3Cassandra.Auth.AccessControl;
using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Xml;

namespace S3Cassandra.S3Server.Operations.AccessControl;

/// <summary>Shows a bucket's access control list; where lists mean nothing, full control for its owner.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html"/>
internal sealed class GetBucketAcl : IS3Operation<NoInput>
{
    public ValueTask<NoInput> ParseAsync(S3Context context, CancellationToken cancellationToken) => default;

    public void Require(NoInput input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.GetBucketAcl, RequiredPermissions.BucketArn(context.Target.Bucket));

    public ValueTask ExecuteAsync(NoInput input, S3Context context, CancellationToken cancellationToken)
    {
        var owner = context.Bucket.Owner.CanonicalId;
        var list = AccessControlListCodec.Decode(context.Bucket.UsesAcls ? context.Bucket.Acl.Span : default, owner);
        return S3XmlResponse.WriteAsync(context, StatusCodes.Status200OK, (owner, list), AclDocument.Write, cancellationToken);
    }
}
