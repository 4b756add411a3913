using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Detaches a managed policy from a role.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachRolePolicy.html"/>
internal sealed class DetachRolePolicy(IamRoles roles) : IQueryAction
{
    public string Name => "DetachRolePolicy";

    public async ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        await roles.TargetAsync(request, cancellationToken) with { PolicyArn = IamPolicies.Arn(request) };

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var arn = IamPolicies.Arn(request);
        await roles.ChangeAsync(
            request,
            role => role.Attached.Any(policy => policy.Arn == arn)
                ? role with { Attached = [.. role.Attached.Where(policy => policy.Arn != arn)] }
                : null,
            $"Policy {arn} was not found.",
            cancellationToken);
        return [];
    }
}
