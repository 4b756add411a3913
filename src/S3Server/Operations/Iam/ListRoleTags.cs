using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Lists a role's tags.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoleTags.html"/>
internal sealed class ListRoleTags(IamRoles roles) : IQueryAction
{
    public string Name => "ListRoleTags";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        roles.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        IamPage.Check(request);
        return IamTags.List(request, (await roles.GetAsync(request, cancellationToken)).Tags);
    }
}
