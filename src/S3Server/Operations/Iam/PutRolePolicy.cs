using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Puts a policy into a role, by name.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html"/>
internal sealed class PutRolePolicy(IamRoles roles) : IQueryAction
{
    public string Name => "PutRolePolicy";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        roles.TargetAsync(request, cancellationToken);

    /// <summary>AWS's quota of a role's inline policies together, white space not counted.</summary>
    private const int MaxCharacters = 10_240;

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var policy = InlinePolicies.Read(request, MaxCharacters, $"role {IamRoles.NameOf(request)}");
        await roles.ChangeAsync(
            request,
            role => role with { Policies = InlinePolicies.With(role.Policies, policy, MaxCharacters, $"role {role.Name}") },
            "",
            cancellationToken);
        return [];
    }
}
