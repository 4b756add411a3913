using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Object;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.AccessControl;

/// <summary>Replaces a version's access control list.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectAcl.html"/>
internal sealed class PutObjectAcl(AccessLists lists, ObjectAccess access) : IS3Operation<PutObjectAclInput>
{
    public async ValueTask<PutObjectAclInput> ParseAsync(S3Context context, CancellationToken cancellationToken) =>
        new(VersionParameter.Parse(context), await AclDocument.ReadAsync(context, ofBucket: false, cancellationToken));

    public void Require(PutObjectAclInput input, S3Context context, RequiredPermissions permissions) => permissions.Add(
        input.Version is null ? S3Action.PutObjectAcl : S3Action.PutObjectVersionAcl,
        RequiredPermissions.ObjectArn(context.Target.Bucket, context.Target.Key.ToString()),
        input.Version);

    public async ValueTask ExecuteAsync(PutObjectAclInput input, S3Context context, CancellationToken cancellationToken)
    {
        var bucket = context.Bucket;
        await lists.CheckAsync(input.Acl, bucket, cancellationToken);
        var outcome = await access.SetAsync(
            bucket.Id,
            context.Target.Key,
            input.Version,
            version => bucket.UsesAcls ? AccessLists.OfObject(input.Acl, version.Owner, bucket) : version.Acl,
            cancellationToken);
        ChangedVersionAnswer.Write(context, input.Version, outcome, StatusCodes.Status200OK);
    }
}
