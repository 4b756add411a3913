using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Takes tags from a role.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagRole.html"/>
internal sealed class UntagRole(IamRoles roles) : IQueryAction
{
    public string Name => "UntagRole";

    public async ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        await roles.TargetAsync(request, cancellationToken) with { TagKeys = IamTags.ReadKeys(request) };

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var keys = IamTags.ReadKeys(request);
        await roles.ChangeAsync(request, role => role with { Tags = IamTags.Without(role.Tags, keys) }, "", cancellationToken);
        return [];
    }
}
