using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Object;
using S3Cassandra.S3Server.Xml;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>The bucket's owner owns every object in it and has full control; nobody else has any.</summary>
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
        var found = await objects.FindAsync(context.Bucket.Id, context.Target.Key, input.Version, withBody: false, cancellationToken);
        ObjectOutcomes.Require(context, found);
        ObjectResponseHeaders.Version(context.Http.Response, found.Object, found.Versioned);
        await S3XmlResponse.WriteAsync(
            context, StatusCodes.Status200OK, context.Bucket.Owner.CanonicalId, AccessControlPolicy.Write, cancellationToken);
    }
}
