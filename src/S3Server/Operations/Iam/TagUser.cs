using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Gives a user tags, or their keys other values.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagUser.html"/>
internal sealed class TagUser(IamHolders<UserRecord> users) : IQueryAction
{
    public string Name => "TagUser";

    public async ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        await users.TargetAsync(request, cancellationToken) with { RequestTags = IamTags.Require(request) };

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var tags = IamTags.Require(request);
        await users.ChangeAsync(request, user => user with { Tags = IamTags.With(user.Tags, tags) }, "", cancellationToken);
        return [];
    }
}
