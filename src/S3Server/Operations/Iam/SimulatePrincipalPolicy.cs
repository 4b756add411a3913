using System.Xml.Linq;
using S3Cassandra.S3Server.Identities;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Says what the policies of a user, group or role would decide, with those given with the request besides.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html"/>
internal sealed class SimulatePrincipalPolicy(
    IdentityStore identities, PrincipalPolicyResolver resolver, CompiledPolicies compiled, SimulatedCaller callers) : IQueryAction
{
    public string Name => "SimulatePrincipalPolicy";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new QueryTarget(request.Get("PolicySourceArn")));

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var arn = request.Get("PolicySourceArn");
        var (holder, bound) = await FindAsync(request, arn, cancellationToken);
        var policies = new List<SimulatedPolicy>();
        await AddAsync(holder, policies, cancellationToken);
        if (holder is UserRecord user)
        {
            foreach (var membership in user.Groups)
            {
                if (await identities.Groups.FindAsync(user.AccountId, membership.Name, cancellationToken) is { } group && group.Id == membership.Id)
                {
                    await AddAsync(group, policies, cancellationToken);
                }
            }
        }

        policies.AddRange(SimulatedPolicy.Read(request, "PolicyInputList"));
        var given = SimulatedPolicy.Read(request, "PermissionsBoundaryPolicyInputList");
        var boundary = given.Count > 0 ? given[0] : bound is null ? null : await OfReferenceAsync(bound, cancellationToken);
        var caller = await callers.ReadAsync(request, arn, cancellationToken);
        caller = caller.PrincipalArn == arn ? caller with { UniqueId = holder.Id } : caller;
        return PolicySimulation.Run(request, caller, policies, boundary);
    }

    /// <exception cref="QueryException">NoSuchEntity, InvalidInput.</exception>
    private async ValueTask<(IPolicyHolder Holder, PolicyReference? Boundary)> FindAsync(
        QueryRequest request, string arn, CancellationToken cancellationToken)
    {
        var parts = arn.Split(':', 6);
        var resource = parts.Length == 6 && parts[2] == "iam" && parts[4] == request.AccountId ? parts[5] : "";
        var name = resource[(resource.LastIndexOf('/') + 1)..];
        (IPolicyHolder? Holder, PolicyReference? Boundary) found = resource.Split('/')[0] switch
        {
            "user" => await identities.Users.FindAsync(request.AccountId, name, cancellationToken) is { } user ? (user, user.Boundary) : default,
            "role" => await identities.Roles.FindAsync(request.AccountId, name, cancellationToken) is { } role ? (role, role.Boundary) : default,
            "group" => (await identities.Groups.FindAsync(request.AccountId, name, cancellationToken), null),
            _ => throw QueryException.Invalid($"Invalid Entity Arn: {arn} does not clearly define entity type and name."),
        };
        return found.Holder is { } holder && IamDocument.ArnOf(holder) == arn
            ? (holder, found.Boundary)
            : throw QueryException.Missing($"The entity with ARN {arn} cannot be found.");
    }

    private async ValueTask AddAsync(IPolicyHolder holder, List<SimulatedPolicy> policies, CancellationToken cancellationToken)
    {
        policies.AddRange(holder.Policies.Select(policy => new SimulatedPolicy(policy.Name, compiled.Of(policy.Document))));
        foreach (var reference in holder.Attached)
        {
            policies.Add(await OfReferenceAsync(reference, cancellationToken));
        }
    }

    private async ValueTask<SimulatedPolicy> OfReferenceAsync(PolicyReference reference, CancellationToken cancellationToken) =>
        await resolver.FindAsync(reference, cancellationToken) is { } policy
            ? new SimulatedPolicy(policy.Name, compiled.Of(policy.Default().Document))
            : new SimulatedPolicy(reference.Arn, CompiledPolicies.DenyAll);
}
