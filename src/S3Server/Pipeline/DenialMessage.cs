using S3Cassandra.Auth.Credentials;
using S3Cassandra.Auth.Policies.Evaluation;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>Says to a principal of the query protocol what it was refused and by which kind of policy, as IAM does.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html"/>
internal static class DenialMessage
{
    /// <param name="identity">Who asked.</param>
    /// <param name="action">What for.</param>
    /// <param name="resource">What on, as the message shows it; null where it does not.</param>
    /// <param name="decision">Why not.</param>
    public static string Of(Identity identity, string action, string? resource, PolicyDecision decision)
    {
        var on = resource is null ? "" : $" on resource: {resource}";
        return $"User: {identity.PrincipalArn} is not authorized to perform: {action}{on} {DenialText.WhyOf(decision, action)}";
    }
}
