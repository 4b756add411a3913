using S3Cassandra.Auth.Policies.Language;
using S3Cassandra.Auth.Policies.Principals;

namespace S3Cassandra.Auth.Policies.Evaluation;

/// <summary>
/// AWS's evaluation logic. A Deny anywhere wins. Within an account, the identity's policies or the bucket's have to allow it; across
/// accounts both. Session policies and the permissions boundary only ever take away, also from what a bucket policy allows to the
/// principal by name, where AWS lets some combinations pass: a session never exceeds its limits.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html"/>
public static class PolicyEvaluator
{
    /// <summary>
    /// Decides. <paramref name="bucketPolicy"/> is that of the bucket which the resource is or is in; null without one.
    /// <paramref name="byAcl"/> is what an access control list gives the asker: it counts as the bucket's policy allowing so much.
    /// </summary>
    public static PolicyDecision Decide(
        in PolicyRequest request, PrincipalPolicies principal, Policy? bucketPolicy, PrincipalMatch byAcl = PrincipalMatch.None)
    {
        var boundary = principal.Boundary is { } limit ? Ask(limit, request) : PolicyVerdict.Allow;
        var session = principal.Session is { } limits ? Ask(limits, request) : PolicyVerdict.Allow;
        var identity = Ask(principal.Identity, request);
        var bucket = bucketPolicy is null || IsRootsWayBack(request) ? PolicyVerdict.Silent : AskAsResource(bucketPolicy, request);
        if (Denied(identity, bucket, boundary, session) is { } kind)
        {
            return new PolicyDecision(PolicyReason.ExplicitDeny, kind);
        }

        bucket = byAcl == PrincipalMatch.Direct ? PolicyVerdict.Allow
            : byAcl == PrincipalMatch.Account && bucket == PolicyVerdict.Silent ? PolicyVerdict.AllowAccount
            : bucket;

        if (request.Identity.IsAnonymous)
        {
            return bucket == PolicyVerdict.Allow ? Allowed(PolicyKind.Bucket) : Missing(PolicyKind.Bucket);
        }

        if (boundary != PolicyVerdict.Allow)
        {
            return Missing(PolicyKind.Boundary);
        }

        if (session != PolicyVerdict.Allow)
        {
            return Missing(PolicyKind.Session);
        }

        var byIdentity = identity == PolicyVerdict.Allow || request.Identity.IsRoot;
        if (request.IsSameAccount)
        {
            return byIdentity ? Allowed(PolicyKind.Identity)
                : bucket == PolicyVerdict.Allow ? Allowed(PolicyKind.Bucket)
                : Missing(PolicyKind.Identity);
        }

        return !byIdentity ? Missing(PolicyKind.Identity)
            : bucket is PolicyVerdict.Allow or PolicyVerdict.AllowAccount ? Allowed(PolicyKind.Bucket)
            : Missing(PolicyKind.Bucket);
    }

    /// <summary>
    /// Whether the owner's root asks for the bucket's policy: no policy can keep it from reading, replacing and deleting it, or a bucket
    /// could be locked for good.
    /// </summary>
    private static bool IsRootsWayBack(in PolicyRequest request) =>
        request.IsOwningRoot && S3Action.IsOfBucketPolicy(request.Action);

    /// <summary>Which kind denies; of several the bucket's is named, since its owner's word is final.</summary>
    private static PolicyKind? Denied(PolicyVerdict identity, PolicyVerdict bucket, PolicyVerdict boundary, PolicyVerdict session) =>
        bucket == PolicyVerdict.Deny ? PolicyKind.Bucket
        : identity == PolicyVerdict.Deny ? PolicyKind.Identity
        : boundary == PolicyVerdict.Deny ? PolicyKind.Boundary
        : session == PolicyVerdict.Deny ? PolicyKind.Session
        : null;

    private static PolicyVerdict Ask(IReadOnlyList<Policy> policies, in PolicyRequest request)
    {
        var verdict = PolicyVerdict.Silent;
        for (var index = 0; index < policies.Count && verdict != PolicyVerdict.Deny; index++)
        {
            var one = Ask(policies[index], request);
            verdict = one > verdict ? one : verdict;
        }

        return verdict;
    }

    private static PolicyVerdict Ask(Policy policy, in PolicyRequest request)
    {
        var verdict = PolicyVerdict.Silent;
        var statements = policy.Statements;
        for (var index = 0; index < statements.Count; index++)
        {
            var statement = statements[index];
            if (verdict == PolicyVerdict.Allow && statement.Effect == PolicyEffect.Allow)
            {
                continue;
            }

            if (statement.AppliesTo(request))
            {
                if (statement.Effect == PolicyEffect.Deny)
                {
                    return PolicyVerdict.Deny;
                }

                verdict = PolicyVerdict.Allow;
            }
        }

        return verdict;
    }

    private static PolicyVerdict AskAsResource(Policy policy, in PolicyRequest request)
    {
        var verdict = PolicyVerdict.Silent;
        var statements = policy.Statements;
        for (var index = 0; index < statements.Count; index++)
        {
            var statement = statements[index];
            var match = statement.Principals?.Match(request.Identity) ?? PrincipalMatch.None;
            if (match == PrincipalMatch.None || !statement.AppliesTo(request))
            {
                continue;
            }

            if (statement.Effect == PolicyEffect.Deny)
            {
                return PolicyVerdict.Deny;
            }

            var allow = match == PrincipalMatch.Direct ? PolicyVerdict.Allow : PolicyVerdict.AllowAccount;
            verdict = allow > verdict ? allow : verdict;
        }

        return verdict;
    }

    private static PolicyDecision Allowed(PolicyKind kind) => new(PolicyReason.Allowed, kind);

    private static PolicyDecision Missing(PolicyKind kind) => new(PolicyReason.ImplicitDeny, kind);
}
