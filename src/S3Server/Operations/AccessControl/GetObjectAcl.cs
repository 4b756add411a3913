using S3Cassandra.Auth.AccessControl;
using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Configuration;
using S3Cassandra.S3Server.Operations.Object;
using S3Cassandra.S3Server.Xml;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.AccessControl;

/// <summary>Shows a version's access control list; where lists mean nothing, full control for the bucket's owner.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAcl.html"/>
internal sealed class GetObjectAcl(ObjectReader objects) : IS3Operation<VersionedInput>
{
    public ValueTask<VersionedInput> ParseAsync(S3Context context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new VersionedInput(VersionParameter.Parse(context)));

    public void Require(VersionedInput input, S3Context context, RequiredPermissions permissions) => permissions.Add(
        input.Version is null ? S3Action.GetObjectAcl : S3Action.GetObjectVersionAcl,
        RequiredPermissions.ObjectArn(context.Target.Bucket, context.Target.Key.ToString()),
        input.Version);

    public async ValueTask ExecuteAsync(VersionedInput input, S3Context context, CancellationToken cancellationToken)
    {
        var bucket = context.Bucket;
        var found = await objects.FindAsync(bucket.Id, context.Target.Key, input.Version, withBody: false, cancellationToken);
        ObjectOutcomes.Require(context, found);
        ObjectResponseHeaders.Version(context.Http.Response, found.Object, found.Versioned);
        var owner = bucket.OwnerOf(found.Object.Owner).CanonicalId;
        var list = AccessControlListCodec.Decode(bucket.UsesAcls ? found.Object.Acl.Span : default, owner);
        await S3XmlResponse.WriteAsync(context, StatusCodes.Status200OK, (owner, list), AclDocument.Write, cancellationToken);
    }
}
