using System.Xml.Linq;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Says what policies given with the request would decide.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html"/>
internal sealed class SimulateCustomPolicy : IQueryAction
{
    public string Name => "SimulateCustomPolicy";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(new QueryTarget("*"));

    public ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var policies = SimulatedPolicy.Read(request, "PolicyInputList");
        if (policies.Count == 0)
        {
            throw QueryException.Constraint("policyInputList", "not be null");
        }

        var boundary = SimulatedPolicy.Read(request, "PermissionsBoundaryPolicyInputList");
        return ValueTask.FromResult(PolicySimulation.Run(request, Caller(request), policies, boundary.Count > 0 ? boundary[0] : null));
    }

    /// <summary>Who is simulated: a principal that may only what the policies say, which a root is not.</summary>
    private static Identity Caller(QueryRequest request)
    {
        var arn = request.Find("CallerArn") ?? $"arn:aws:iam::{request.AccountId}:user/simulated";
        return arn.Split(':', 6) is ["arn", "aws", "iam" or "sts", "", _, not "root"]
            ? Identity.Principal(arn, request.AccountId, request.Caller.CanonicalId)
            : throw QueryException.Invalid($"Invalid Caller ARN: {arn}");
    }
}
