using S3Cassandra.Auth.Policies.Language;

namespace S3Cassandra.Auth.Policies.Evaluation;

/// <summary>
/// The answer: the reason, and the kind of policy that it comes from (of an implicit deny: the kind that would have had to allow it). The
/// default is a denial.
/// </summary>
public readonly record struct PolicyDecision(PolicyReason Reason, PolicyKind Kind)
{
    public bool IsAllowed => Reason == PolicyReason.Allowed;
}
