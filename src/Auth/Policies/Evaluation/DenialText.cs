using S3Cassandra.Auth.Policies.Language;

namespace S3Cassandra.Auth.Policies.Evaluation;

/// <summary>
/// AWS's sentence for a denial, which it tells to principals of the account that owns the resource; all others hear no more than that it is
/// denied.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html#access-denied-message-examples"/>
public static class DenialText
{
    /// <summary>The sentence; null where the asker hears none.</summary>
    public static string? Of(in PolicyRequest request, PolicyDecision decision)
    {
        if (!request.IsSameAccount || decision.IsAllowed)
        {
            return null;
        }

        return $"User: {request.Identity.PrincipalArn} is not authorized to perform: {request.Action} on resource: \"{request.Resource}\" {WhyOf(decision, request.Action)}";
    }

    /// <summary>The end of the sentence: by which kind of policy, and whether that denies or only does not allow.</summary>
    public static string WhyOf(PolicyDecision decision, string action)
    {
        var name = decision.Kind switch
        {
            PolicyKind.Bucket or PolicyKind.Trust => "resource-based policy",
            PolicyKind.Session => "session policy",
            PolicyKind.Boundary => "permissions boundary",
            _ => "identity-based policy",
        };
        return decision.Reason == PolicyReason.ExplicitDeny
            ? $"with an explicit deny in {(name[0] == 'i' ? "an" : "a")} {name}"
            : $"because no {name} allows the {action} action";
    }
}
