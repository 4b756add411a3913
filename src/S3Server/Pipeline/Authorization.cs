using S3Cassandra.Auth.Policies;
using S3Cassandra.Auth.Policies.Conditions;
using S3Cassandra.Auth.Policies.Evaluation;
using S3Cassandra.Auth.Policies.Language;
using S3Cassandra.Auth.Policies.Principals;
using S3Cassandra.Auth.Signatures;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Buckets;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>
/// Decides every permission that an operation named, those on another bucket (a copy's source) included, from what is at hand: the
/// identity's policies and the bucket's record; access control lists are asked where these do not allow it. Only a policy that asks for an
/// object's tags, an object's list, and a bucket that holds other accounts' objects cost a read.
/// </summary>
internal sealed class Authorization(
    BucketStore buckets,
    AclAuthorization acls,
    AccountPublicAccessBlocks blocks,
    BucketPolicies policies,
    ClientConnection client,
    SignatureOptions signatures,
    TimeProvider time)
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
                Settle(context, needed, bucket, await DecideAsync(context, needed, bucket, null, NoFacts.Instance, cancellationToken));
                continue;
            }

            facts ??= FactsOf(context);
            facts.ResourceAccountId = bucket?.Owner.AccountId;
            facts.Version = needed.Version;
            if (bucket is not null && (policy is { AsksForExistingObjectTags: true } || context.Policies.AsksForExistingObjectTags))
            {
                facts.ExistingTags = await TagsAsync(bucket, needed, cancellationToken);
            }

            Settle(context, needed, bucket, await DecideAsync(context, needed, bucket, policy, facts, cancellationToken));
        }

        if (context.Identity.IsAnonymous && context.Permissions.IsRefusedWhole)
        {
            // Of a batch of which nobody may do anything nobody hears what is in it.
            throw new S3Exception(S3Errors.AccessDenied);
        }
    }

    /// <summary>
    /// What is said instead of a key's absence to who may not list the bucket: AccessDenied, as of a key that is there and not allowed (AWS:
    /// GetObject, "Permissions"); null where the absence may be told.
    /// </summary>
    public async ValueTask<S3Exception?> HidesAsync(S3Context context, CancellationToken cancellationToken)
    {
        if (!context.HasBucket || context.Header("x-amz-copy-source") is not null)
        {
            return null;
        }

        var bucket = context.Bucket;
        var facts = FactsOf(context);
        facts.ResourceAccountId = bucket.Owner.AccountId;
        var list = new NeededPermission(S3Action.ListBucket, RequiredPermissions.BucketArn(bucket.Name), -1, null);
        var decision = await DecideAsync(context, list, bucket, policies.Of(bucket), facts, cancellationToken);
        return decision.IsAllowed ? null : new S3Exception(S3Errors.AccessDenied, SentenceOf(context, list, bucket, decision));
    }

    private static void Settle(S3Context context, NeededPermission needed, BucketRecord? bucket, PolicyDecision decision)
    {
        if (decision.IsAllowed)
        {
            CheckOwnersAccount(context, needed, bucket);
            return;
        }

        var sentence = SentenceOf(context, needed, bucket, decision);
        if (needed.Item < 0)
        {
            throw new S3Exception(S3Errors.AccessDenied, sentence);
        }

        context.Permissions.Refuse(needed.Item, sentence);
    }

    /// <summary>
    /// A bucket's policy is for its owner's account alone, whatever any policy allows: "If you have PutBucketPolicy permissions, but you're not
    /// using an identity that belongs to the bucket owner's account, Amazon S3 returns a 405 Method Not Allowed error."
    /// </summary>
    /// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html"/>
    private static void CheckOwnersAccount(S3Context context, NeededPermission needed, BucketRecord? bucket)
    {
        if (bucket is not null
            && S3Action.IsOfBucketPolicy(needed.Action)
            && context.Identity is { IsAnonymous: false } identity && identity.AccountId != bucket.Owner.AccountId)
        {
            throw new S3Exception(S3Errors.MethodNotAllowed, null, ("Method", context.Http.Request.Method), ("ResourceType", "BUCKETPOLICY"));
        }
    }

    private static string? SentenceOf(S3Context context, NeededPermission needed, BucketRecord? bucket, PolicyDecision decision) => DenialText.Of(
        new PolicyRequest(context.Identity, needed.Action, needed.Resource, bucket?.Owner.AccountId, NoFacts.Instance), decision);

    private static PolicyDecision Decide(
        S3Context context,
        NeededPermission needed,
        string? owner,
        Policy? policy,
        IConditionFacts facts,
        PrincipalMatch byAcl = PrincipalMatch.None) => PolicyEvaluator.Decide(
            new PolicyRequest(context.Identity, needed.Action, needed.Resource, owner, facts), context.Policies, policy, byAcl);

    private async ValueTask<PolicyDecision> DecideAsync(
        S3Context context, NeededPermission needed, BucketRecord? bucket, Policy? policy, IConditionFacts facts, CancellationToken cancellationToken)
    {
        var owner = bucket?.Owner.AccountId;
        if (policy is not null && context.Identity.AccountId != owner
            && (await blocks.EffectiveAsync(bucket!, cancellationToken)).RestrictPublicBuckets && PublicPolicy.IsPublic(policy))
        {
            return default;
        }

        var decision = Decide(context, needed, owner, policy, facts);
        if (bucket is not { UsesAcls: true } || decision.Reason == PolicyReason.ExplicitDeny)
        {
            return decision;
        }

        if (await acls.OtherOwnerAsync(bucket, needed, cancellationToken) is { } other)
        {
            // What the bucket's policy allows is not for other accounts' objects; what it denies is denied above.
            var byList = await acls.MatchAsync(context, needed, bucket, cancellationToken);
            return Decide(context, needed, other, null, facts, byList);
        }

        return !decision.IsAllowed && await acls.MatchAsync(context, needed, bucket, cancellationToken) is var byAcl and not PrincipalMatch.None
            ? Decide(context, needed, owner, policy, facts, byAcl)
            : decision;
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
            RequestPayer.Check(context, bucket);
        }

        return bucket;
    }

    private async ValueTask<IReadOnlyList<ObjectTag>> TagsAsync(BucketRecord bucket, NeededPermission needed, CancellationToken cancellationToken) =>
        await acls.FindAsync(bucket, needed, cancellationToken) is { Status: LookupStatus.Found } found ? found.Object.Tags : [];

    private static ReadOnlySpan<char> BucketNameOf(string arn)
    {
        var rest = arn.AsSpan(ArnPrefix.Length);
        var slash = rest.IndexOf('/');
        return slash < 0 ? rest : rest[..slash];
    }
}
