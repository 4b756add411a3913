using System.Text;
using S3Cassandra.Auth.Policies;
using S3Cassandra.Auth.Policies.Conditions;
using S3Cassandra.Auth.Policies.Evaluation;
using S3Cassandra.Auth.Policies.Language;
using S3Cassandra.Auth.Signatures;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Buckets;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>
/// Decides every permission that an operation named, those on another bucket (a copy's source) included, from what is at hand: the
/// identity's policies and the bucket's record. Only a policy that asks for an object's tags costs a read.
/// </summary>
internal sealed class Authorization(
    BucketStore buckets, ObjectReader objects, BucketPolicies policies, ClientConnection client, SignatureOptions signatures, TimeProvider time)
{
    private const string ArnPrefix = "arn:aws:s3:::";

    /// <exception cref="S3Exception">AccessDenied, for a permission that does not belong to an item of a batch.</exception>
    public async ValueTask DecideAsync(S3Context context, CancellationToken cancellationToken)
    {
        RequestFacts? facts = null;
        foreach (var needed in context.Permissions.All)
        {
            var bucket = await BucketOfAsync(context, needed.Resource, cancellationToken);
            var policy = bucket is null ? null : policies.Of(bucket);
            if (policy is null && context.Policies == PrincipalPolicies.None)
            {
                Settle(context, needed, Decide(context, needed, bucket, null, NoFacts.Instance));
                continue;
            }

            facts ??= FactsOf(context);
            facts.ResourceAccountId = bucket?.Owner.AccountId;
            facts.Version = needed.Version;
            if (bucket is not null && (policy is { AsksForExistingObjectTags: true } || context.Policies.AsksForExistingObjectTags))
            {
                facts.ExistingTags = await TagsAsync(bucket, needed, cancellationToken);
            }

            Settle(context, needed, Decide(context, needed, bucket, policy, facts));
        }
    }

    /// <summary>
    /// Whether a key's absence must not be told: who may not list the bucket gets AccessDenied instead of NoSuchKey, as of a key that is
    /// there and not allowed (AWS: GetObject, "Permissions").
    /// </summary>
    public bool Hides(S3Context context, S3Exception failure)
    {
        if (failure.Error != S3Errors.NoSuchKey || !context.HasBucket || context.Header("x-amz-copy-source") is not null)
        {
            return false;
        }

        var bucket = context.Bucket;
        var facts = FactsOf(context);
        facts.ResourceAccountId = bucket.Owner.AccountId;
        var list = new NeededPermission(S3Action.ListBucket, RequiredPermissions.BucketArn(bucket.Name), -1, null);
        return !Decide(context, list, bucket, policies.Of(bucket), facts);
    }

    private static void Settle(S3Context context, NeededPermission needed, bool isAllowed)
    {
        if (isAllowed)
        {
            return;
        }

        if (needed.Item < 0)
        {
            throw new S3Exception(S3Errors.AccessDenied);
        }

        context.Permissions.Refuse(needed.Item);
    }

    private static bool Decide(S3Context context, NeededPermission needed, BucketRecord? bucket, Policy? policy, IConditionFacts facts)
    {
        var owner = bucket?.Owner.AccountId;
        if (policy is not null && bucket!.PublicAccessBlock is { RestrictPublicBuckets: true }
            && context.Identity.AccountId != owner && PublicPolicy.IsPublic(policy))
        {
            return false;
        }

        return PolicyEvaluator.Decide(
            new PolicyRequest(context.Identity, needed.Action, needed.Resource, owner, facts), context.Policies, policy).IsAllowed;
    }

    private RequestFacts FactsOf(S3Context context) => new(context, client, signatures.Region, time.GetUtcNow());

    private async ValueTask<BucketRecord?> BucketOfAsync(S3Context context, string resource, CancellationToken cancellationToken)
    {
        if (!resource.StartsWith(ArnPrefix, StringComparison.Ordinal))
        {
            return null;
        }

        var name = BucketNameOf(resource);
        if (name.SequenceEqual(context.Target.Bucket))
        {
            return context.HasBucket ? context.Bucket : null;
        }

        var bucket = await buckets.FindAsync(name.ToString(), cancellationToken);
        if (bucket is not null)
        {
            ExpectedOwner.Check(context, ExpectedOwner.SourceHeader, bucket.Owner.AccountId);
        }

        return bucket;
    }

    private async ValueTask<IReadOnlyList<ObjectTag>> TagsAsync(BucketRecord bucket, NeededPermission needed, CancellationToken cancellationToken)
    {
        var start = ArnPrefix.Length + bucket.Name.Length + 1;
        if (needed.Resource.Length <= start || !ObjectKey.TryCreate(Encoding.UTF8.GetBytes(needed.Resource[start..]), out var key))
        {
            return [];
        }

        var found = await objects.FindAsync(bucket.Id, key, needed.Version, withBody: false, cancellationToken);
        return found.Status == LookupStatus.Found ? found.Object.Tags : [];
    }

    private static ReadOnlySpan<char> BucketNameOf(string arn)
    {
        var rest = arn.AsSpan(ArnPrefix.Length);
        var slash = rest.IndexOf('/');
        return slash < 0 ? rest : rest[..slash];
    }
}
