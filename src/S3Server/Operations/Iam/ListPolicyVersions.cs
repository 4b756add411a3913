using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Lists the versions of a managed policy, newest first, without their texts.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyVersions.html"/>
internal sealed class ListPolicyVersions(IamPolicies policies) : IQueryAction
{
    public string Name => "ListPolicyVersions";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        policies.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var policy = await policies.GetAsync(request, IamPolicies.Arn(request), cancellationToken);
        return IamPage.Of(
            request,
            "Versions",
            policy.Versions,
            version => (int.MaxValue - version.Number).ToString("d10", System.Globalization.CultureInfo.InvariantCulture),
            version => PolicyElements.Version(policy, version, withDocument: false, "member"));
    }
}
