using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Says what policies given with the request would decide.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html"/>
internal sealed class SimulateCustomPolicy(SimulatedCaller callers) : IQueryAction
{
    public string Name => "SimulateCustomPolicy";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(new QueryTarget("*"));

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var policies = SimulatedPolicy.Read(request, "PolicyInputList");
        if (policies.Count == 0)
        {
            throw QueryException.Constraint("policyInputList", "not be null");
        }

        var boundary = SimulatedPolicy.Read(request, "PermissionsBoundaryPolicyInputList");
        var caller = await callers.ReadAsync(request, Nobody(request), cancellationToken);
        return PolicySimulation.Run(request, caller, policies, boundary.Count > 0 ? boundary[0] : null);
    }

    /// <summary>Who asks where nobody is named: somebody who may only what the policies say. A policy of a resource has to ask about somebody.</summary>
    /// <exception cref="QueryException">InvalidInput.</exception>
    private static string Nobody(QueryRequest request) => request.Find("ResourcePolicy") is not null && request.Find("CallerArn") is null
        ? throw QueryException.Invalid("CallerArn is required with a ResourcePolicy.")
        : $"arn:aws:iam::{request.AccountId}:user/simulated";
}
