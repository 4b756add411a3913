using S3Cassandra.Auth.Credentials;
using S3Cassandra.Auth.Policies.Language;
using S3Cassandra.Auth.Policies.Principals;

namespace S3Cassandra.Auth.Policies.Evaluation;

/// <summary>
/// Decides whether a role may be assumed. The role's trust policy always has to allow it. Of the role's own account, whom it names need
/// nothing else; whom it means by their account need a policy of their own too, and so do all of other accounts.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_terms-and-concepts.html"/>
public static class TrustEvaluator
{
    /// <summary>Whether a principal may assume it; <paramref name="principal"/> are its policies.</summary>
    /// <param name="request">Who asks, the action and the role's ARN.</param>
    /// <param name="principal">The policies of who asks.</param>
    /// <param name="trust">The role's trust policy.</param>
    /// <param name="ids">
    /// The unique ids that the ARNs named in the trust policy had when it was written: who was made again under a name is not who was
    /// trusted. An ARN that is not here names nobody.
    /// </param>
    public static PolicyDecision Decide(
        in PolicyRequest request, PrincipalPolicies principal, Policy trust, IReadOnlyDictionary<string, string> ids)
    {
        var byTrust = Ask(trust, request, Match, (request.Identity, ids));

        // The identity's own policies, its boundary and its session's, without the trust policy.
        var own = PolicyEvaluator.Decide(Foreign(request), principal, null);
        if (byTrust == PolicyVerdict.Deny)
        {
            return new PolicyDecision(PolicyReason.ExplicitDeny, PolicyKind.Trust);
        }

        if (own.Reason == PolicyReason.ExplicitDeny || own.Kind is PolicyKind.Boundary or PolicyKind.Session)
        {
            return own;
        }

        if (byTrust == PolicyVerdict.Silent || request.Identity.IsAnonymous)
        {
            return new PolicyDecision(PolicyReason.ImplicitDeny, PolicyKind.Trust);
        }

        var needsOwn = byTrust == PolicyVerdict.AllowAccount || !request.IsSameAccount;
        return !needsOwn || own.Kind == PolicyKind.Bucket || own.IsAllowed
            ? new PolicyDecision(PolicyReason.Allowed, PolicyKind.Trust)
            : new PolicyDecision(PolicyReason.ImplicitDeny, PolicyKind.Identity);
    }

    /// <summary>Whether somebody whom an identity provider vouches for may assume it: the trust policy alone decides, and has to name the provider.</summary>
    public static PolicyDecision Decide(in PolicyRequest request, Policy trust, string provider) =>
        Ask(trust, request, MatchProvider, provider) switch
        {
            PolicyVerdict.Deny => new PolicyDecision(PolicyReason.ExplicitDeny, PolicyKind.Trust),
            PolicyVerdict.Allow => new PolicyDecision(PolicyReason.Allowed, PolicyKind.Trust),
            _ => new PolicyDecision(PolicyReason.ImplicitDeny, PolicyKind.Trust),
        };

    /// <summary>
    /// The same question as one about another account's role: then what the identity's own policies allow is told apart from what they do not
    /// (an allowed one fails for want of a bucket's policy, which there is none).
    /// </summary>
    private static PolicyRequest Foreign(in PolicyRequest request) =>
        new(request.Identity, request.Action, request.Resource, "", request.Facts);

    private static PolicyVerdict Ask<TWho>(Policy trust, in PolicyRequest request, Func<PrincipalEntry, TWho, PrincipalMatch> match, TWho who)
    {
        var verdict = PolicyVerdict.Silent;
        foreach (var statement in trust.Statements)
        {
            var meant = Meant(statement.Principals, match, who);
            if (meant == PrincipalMatch.None || !statement.AppliesTo(request))
            {
                continue;
            }

            if (statement.Effect == PolicyEffect.Deny)
            {
                return PolicyVerdict.Deny;
            }

            var allow = meant == PrincipalMatch.Direct ? PolicyVerdict.Allow : PolicyVerdict.AllowAccount;
            verdict = allow > verdict ? allow : verdict;
        }

        return verdict;
    }

    private static PrincipalMatch Meant<TWho>(PrincipalList? principals, Func<PrincipalEntry, TWho, PrincipalMatch> match, TWho who)
    {
        if (principals is null)
        {
            return PrincipalMatch.None;
        }

        var best = principals.Entries.Select(entry => match(entry, who)).DefaultIfEmpty(PrincipalMatch.None).Max();
        return !principals.IsNot ? best : best == PrincipalMatch.Direct ? PrincipalMatch.None : PrincipalMatch.Direct;
    }

    private static PrincipalMatch Match(PrincipalEntry entry, (Identity Identity, IReadOnlyDictionary<string, string> Ids) who)
    {
        var match = entry.Match(who.Identity);
        return entry.Kind != PrincipalKind.Arn || match != PrincipalMatch.Direct
            || (who.Ids.TryGetValue(entry.Value, out var id) && id == who.Identity.UniqueId?.Split(':')[0])
                ? match
                : PrincipalMatch.None;
    }

    private static PrincipalMatch MatchProvider(PrincipalEntry entry, string provider) =>
        entry.Kind == PrincipalKind.Federated && entry.Value == provider ? PrincipalMatch.Direct : PrincipalMatch.None;
}
