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

        var why = decision.Reason == PolicyReason.ExplicitDeny
            ? $"with an explicit deny in {Article(decision.Kind)} {Name(decision.Kind)}"
            : $"because no {Name(decision.Kind)} allows the {request.Action} action";
        return $"User: {request.Identity.PrincipalArn} is not authorized to perform: {request.Action} on resource: \"{request.Resource}\" {why}";
    }

    private static string Name(PolicyKind kind) => kind switch
    {
        PolicyKind.Bucket => "resource-based policy",
        PolicyKind.Session => "session policy",
        PolicyKind.Boundary => "permissions boundary",
        _ => "identity-based policy",
    };

    private static string Article(PolicyKind kind) => kind is PolicyKind.Identity or PolicyKind.Trust ? "an" : "a";
}
