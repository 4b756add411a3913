using S3Cassandra.Auth.AccessControl;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Buckets;
using S3Cassandra.Storage.Identities;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.AccessControl;

/// <summary>What becomes of a request's access control list: whether it may be put, and whose the object is that it comes with.</summary>
internal sealed class AccessLists(AccountStore accounts, AccountPublicAccessBlocks blocks, BucketStore buckets)
{
    /// <summary>
    /// The owner and the packed list of an object that the request makes. The bucket is marked before the first object in it that is another
    /// account's.
    /// </summary>
    /// <exception cref="S3Exception">InvalidArgument, AccessDenied.</exception>
    public ValueTask<(ObjectOwner Owner, ReadOnlyMemory<byte> Acl)> OfNewObjectAsync(
        S3Context context, AclRequest request, CancellationToken cancellationToken) => context.Bucket.UsesAcls
            ? OfOwnedObjectAsync(context, request, cancellationToken)
            : ValueTask.FromResult((context.Caller, default(ReadOnlyMemory<byte>)));

    /// <summary>The packed list of a bucket of that owner.</summary>
    /// <exception cref="S3Exception">InvalidArgument, AccessDenied.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> OfBucketAsync(
        AclRequest request, BucketRecord bucket, CancellationToken cancellationToken)
    {
        var owner = bucket.Owner.CanonicalId;
        RequireOwner(request, owner);
        await RequireKnownAsync(request, cancellationToken);
        await RequireUnblockedAsync(request, bucket, cancellationToken);
        return AccessControlListCodec.Encode(request.For(owner, owner), owner);
    }

    /// <summary>The packed list of an object as it is, once <see cref="CheckAsync"/> has let the request pass.</summary>
    /// <exception cref="S3Exception">AccessDenied: a document names another owner.</exception>
    public static ReadOnlyMemory<byte> OfObject(AclRequest request, ObjectOwner owner, BucketRecord bucket)
    {
        RequireOwner(request, owner.CanonicalId);
        return AccessControlListCodec.Encode(request.For(owner.CanonicalId, bucket.Owner.CanonicalId), owner.CanonicalId);
    }

    /// <summary>Whether the list of an object in that bucket may be put at all.</summary>
    /// <exception cref="S3Exception">InvalidArgument, AccessDenied.</exception>
    public async ValueTask CheckAsync(AclRequest request, BucketRecord bucket, CancellationToken cancellationToken)
    {
        await RequireKnownAsync(request, cancellationToken);
        await RequireUnblockedAsync(request, bucket, cancellationToken);
    }

    private static void RequireOwner(AclRequest request, string owner)
    {
        if (request.Owner is { } named && named != owner)
        {
            throw new S3Exception(S3Errors.AccessDenied);
        }
    }

    /// <summary>Whose an object is that this request writes.</summary>
    private static ObjectOwner OwnerOfNew(S3Context context, AclRequest request)
    {
        var (bucket, identity) = (context.Bucket, context.Identity);
        if (identity.AccountId == bucket.Owner.AccountId
            || (bucket.Ownership == ObjectOwnership.BucketOwnerPreferred && request.Canned == CannedAcl.BucketOwnerFullControl))
        {
            return context.Caller;
        }

        return identity.IsAnonymous
            ? new ObjectOwner("", Account.AnonymousCanonicalId, "")
            : new ObjectOwner(identity.AccountId, identity.CanonicalId, identity.PrincipalArn);
    }

    private async ValueTask<(ObjectOwner Owner, ReadOnlyMemory<byte> Acl)> OfOwnedObjectAsync(
        S3Context context, AclRequest request, CancellationToken cancellationToken)
    {
        var bucket = context.Bucket;
        await CheckAsync(request, bucket, cancellationToken);
        var owner = OwnerOfNew(context, request);
        if (owner.AccountId != bucket.Owner.AccountId && !bucket.HoldsOthersObjects)
        {
            await Bucket.BucketOutcomes.ChangeAsync(buckets, context, record => record with { HoldsOthersObjects = true }, cancellationToken);
        }

        return (owner, OfObject(request, owner, bucket));
    }

    private async ValueTask RequireKnownAsync(AclRequest request, CancellationToken cancellationToken)
    {
        foreach (var (grantee, _) in request.List?.Grants ?? [])
        {
            if (grantee.Kind == GranteeKind.CanonicalUser
                && !(Account.IsCanonicalId(grantee.CanonicalId) && await accounts.FindByCanonicalIdAsync(grantee.CanonicalId, cancellationToken) is not null))
            {
                throw AclFaults.UnknownId(grantee.CanonicalId);
            }
        }
    }

    private async ValueTask RequireUnblockedAsync(AclRequest request, BucketRecord bucket, CancellationToken cancellationToken)
    {
        if (request.For("", "").IsPublic && (await blocks.EffectiveAsync(bucket, cancellationToken)).BlockPublicAcls)
        {
            throw AclFaults.Public();
        }
    }
}
