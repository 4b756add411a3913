using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Gives a role tags, or those that it has other values.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagRole.html"/>
internal sealed class TagRole(IamRoles roles) : IQueryAction
{
    public string Name => "TagRole";

    public async ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        await roles.TargetAsync(request, cancellationToken) with { RequestTags = IamTags.Require(request) };

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var tags = IamTags.Require(request);
        await roles.ChangeAsync(request, role => role with { Tags = IamTags.With(role.Tags, tags) }, "", cancellationToken);
        return [];
    }
}
