using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Lists the managed policies that are attached to a role.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html"/>
internal sealed class ListAttachedRolePolicies(IamRoles roles) : IQueryAction
{
    public string Name => "ListAttachedRolePolicies";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        roles.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var prefix = request.PathPrefix();
        var role = await roles.GetAsync(request, cancellationToken);
        return IamPage.Of(
            request,
            "AttachedPolicies",
            role.Attached.Where(policy => policy.Arn[policy.Arn.IndexOf('/', StringComparison.Ordinal)..].StartsWith(prefix, StringComparison.Ordinal)),
            NameOf,
            policy => IamDocument.Element(
                "member", IamDocument.Element("PolicyName", NameOf(policy)), IamDocument.Element("PolicyArn", policy.Arn)));
    }

    private static string NameOf(PolicyReference policy) => policy.Arn[(policy.Arn.LastIndexOf('/') + 1)..];
}
