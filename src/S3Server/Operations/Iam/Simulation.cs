using S3Cassandra.Auth.Credentials;
using S3Cassandra.Auth.Policies.Evaluation;
using S3Cassandra.Auth.Policies.Language;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>What a simulation asks: who, with which policies, of what.</summary>
/// <param name="Caller">Who asks.</param>
/// <param name="Policies">The caller's policies.</param>
/// <param name="Boundary">The caller's boundary; null without.</param>
/// <param name="Resource">The policy of what is asked for.</param>
/// <param name="Facts">The condition keys.</param>
internal sealed record Simulation(
    Identity Caller, IReadOnlyList<SimulatedPolicy> Policies, SimulatedPolicy? Boundary, SimulatedResourcePolicy Resource, SimulationFacts Facts)
{
    private readonly PrincipalPolicies _principal = new()
    {
        Identity = [.. Policies.Select(policy => policy.Policy)],
        Boundary = Boundary?.Policy,
    };

    /// <summary>Whether caller and resource are of different accounts.</summary>
    public bool IsCrossAccount => Resource.OwnerId is { } owner && owner != Caller.AccountId;

    /// <summary>The condition keys that any of the policies asks for.</summary>
    public IEnumerable<string> KeyNames =>
        Policies.Append(Boundary).OfType<SimulatedPolicy>().Select(policy => policy.Policy).Append(Resource.Policy).OfType<Policy>().SelectMany(policy => policy.KeyNames);

    public PolicyRequest Question(string action, string resource) => new(Caller, action, resource, Resource.OwnerId, Facts);

    public PolicyDecision Decide(in PolicyRequest question) => PolicyEvaluator.Decide(question, _principal, Resource.Policy);

    /// <summary>What one of the caller's policies says by itself, the accounts left aside.</summary>
    public static PolicyReason Ask(in PolicyRequest question, SimulatedPolicy policy) => PolicyEvaluator.Decide(
        InOneAccount(question), new PrincipalPolicies { Identity = [policy.Policy] }, null).Reason;

    /// <summary>What all of the caller's policies say together.</summary>
    public PolicyReason AskCallers(in PolicyRequest question) => PolicyEvaluator.Decide(InOneAccount(question), _principal, null).Reason;

    /// <summary>What the resource's policy says by itself.</summary>
    public PolicyReason AskResources(in PolicyRequest question) => Resource.Policy is null
        ? PolicyReason.ImplicitDeny
        : PolicyEvaluator.Decide(InOneAccount(question), PrincipalPolicies.None, Resource.Policy).Reason;

    private static PolicyRequest InOneAccount(in PolicyRequest question) =>
        new(question.Identity, question.Action, question.Resource, null, question.Facts);
}
