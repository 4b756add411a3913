using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Lists a managed policy's tags.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyTags.html"/>
internal sealed class ListPolicyTags(IamPolicies policies) : IQueryAction
{
    public string Name => "ListPolicyTags";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        policies.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        IamPage.Check(request);
        return IamTags.List(request, (await policies.GetAsync(request, IamPolicies.Arn(request), cancellationToken)).Tags);
    }
}
