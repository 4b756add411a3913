using System.Text;
using S3Cassandra.Auth.AccessControl;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.Auth.Policies.Principals;
using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Buckets;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>
/// What access control lists give, where policies give nothing: the bucket's list is at hand, an object's costs a read of its row. In a bucket
/// whose owner owns everything none means anything.
/// </summary>
internal sealed class AclAuthorization(ObjectReader objects, AccountPublicAccessBlocks blocks)
{
    /// <summary>How lists give the asker what it needs.</summary>
    public async ValueTask<PrincipalMatch> MatchAsync(
        S3Context context, NeededPermission needed, BucketRecord bucket, CancellationToken cancellationToken)
    {
        if (!bucket.UsesAcls || AclActionTable.Find(needed.Action) is not { } by)
        {
            return PrincipalMatch.None;
        }

        var ignorePublic = (await blocks.EffectiveAsync(bucket, cancellationToken)).IgnorePublicAcls;
        if (by.Target == AclTarget.Object && !needed.IsOfNewObject)
        {
            var found = await FindAsync(bucket, needed, cancellationToken);
            return found is { Status: LookupStatus.Found }
                ? MatchOf(found.Object, bucket, context.Identity, by.Permission, ignorePublic)
                : OfBucket(bucket).Match(context.Identity, AclPermission.Read, ignorePublic);
        }

        // Who may make an object may say who else may do what to it.
        var match = OfBucket(bucket).Match(context.Identity, needed.IsOfNewObject ? AclPermission.Write : by.Permission, ignorePublic);
        return match == PrincipalMatch.None || by.Target != AclTarget.BucketForOwnObjects
            || await IsOwnOrAbsentAsync(context, needed, bucket, cancellationToken)
                ? match
                : PrincipalMatch.None;
    }

    /// <summary>The account that owns an object which is not the bucket's owner's; null: it is the bucket's owner's, or is not there.</summary>
    public async ValueTask<string?> OtherOwnerAsync(BucketRecord bucket, NeededPermission needed, CancellationToken cancellationToken) =>
        bucket is { UsesAcls: true, HoldsOthersObjects: true } && !needed.IsOfNewObject && AclActionTable.IsOwnersOfObject(needed.Action)
        && await FindAsync(bucket, needed, cancellationToken) is { Status: LookupStatus.Found, Object.Owner.AccountId: var account }
        && account != bucket.Owner.AccountId
            ? account
            : null;

    /// <summary>The version that a permission is about; null where it is about no object.</summary>
    public async ValueTask<ObjectLookup?> FindAsync(BucketRecord bucket, NeededPermission needed, CancellationToken cancellationToken)
    {
        var start = RequiredPermissions.BucketArn(bucket.Name).Length + 1;
        return needed.Resource.Length > start && ObjectKey.TryCreate(Encoding.UTF8.GetBytes(needed.Resource[start..]), out var key)
            ? await objects.FindAsync(bucket.Id, key, needed.Version, withBody: false, cancellationToken)
            : null;
    }

    private static AccessControlList OfBucket(BucketRecord bucket) =>
        AccessControlListCodec.Decode(bucket.Acl.Span, bucket.Owner.CanonicalId);

    private static PrincipalMatch MatchOf(
        ObjectRecord record, BucketRecord bucket, Identity identity, AclPermission permission, bool ignorePublic)
    {
        var owner = bucket.OwnerOf(record.Owner).CanonicalId;
        return AccessControlListCodec.Decode(record.Acl.Span, owner).Match(identity, permission, ignorePublic);
    }

    private async ValueTask<bool> IsOwnOrAbsentAsync(
        S3Context context, NeededPermission needed, BucketRecord bucket, CancellationToken cancellationToken) =>
        await FindAsync(bucket, needed, cancellationToken) is not { Status: LookupStatus.Found } found
        || found.Object.Owner.AccountId == context.Identity.AccountId;
}
