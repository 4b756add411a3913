using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Takes tags from a user; those that it has not are passed over.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagUser.html"/>
internal sealed class UntagUser(IamHolders<UserRecord> users) : IQueryAction
{
    public string Name => "UntagUser";

    public async ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        await users.TargetAsync(request, cancellationToken) with { TagKeys = IamTags.ReadKeys(request) };

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var keys = IamTags.ReadKeys(request);
        await users.ChangeAsync(request, user => user with { Tags = IamTags.Without(user.Tags, keys) }, "", cancellationToken);
        return [];
    }
}
