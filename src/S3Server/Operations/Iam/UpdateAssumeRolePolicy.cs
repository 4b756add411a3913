using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Says anew who may assume a role.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html"/>
internal sealed class UpdateAssumeRolePolicy(IamRoles roles, TrustPolicies trust) : IQueryAction
{
    public string Name => "UpdateAssumeRolePolicy";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        roles.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var (document, ids) = await trust.ReadAsync(request, "PolicyDocument", cancellationToken);
        await roles.ChangeAsync(request, role => role with { TrustPolicy = document, TrustedIds = ids }, "", cancellationToken);
        return [];
    }
}
