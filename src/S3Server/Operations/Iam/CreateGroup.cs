using System.Xml.Linq;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Makes a group, empty and without policies.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateGroup.html"/>
internal sealed class CreateGroup(IdentityStore identities) : IQueryAction
{
    public string Name => "CreateGroup";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new QueryTarget($"arn:aws:iam::{request.AccountId}:group{request.Path("Path")}{request.Named("GroupName", 128)}"));

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var group = new GroupRecord
        {
            AccountId = request.AccountId,
            Name = request.Named("GroupName", 128),
            Path = request.Path("Path"),
            Id = UniqueId.New(UniqueId.Group),
            Created = request.Now,
        };
        await IamChanges.CreateAsync(identities.Groups, group, $"Group with name {group.Name} already exists.", cancellationToken);
        return [IamDocument.Of(group)];
    }
}
