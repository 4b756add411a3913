using System.Xml.Linq;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Makes a user, who may do nothing yet.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html"/>
internal sealed class CreateUser(IdentityStore identities, IamPolicies policies) : IQueryAction
{
    private const int MaxName = 64;

    public string Name => "CreateUser";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(
        new QueryTarget($"arn:aws:iam::{request.AccountId}:user{request.Path("Path")}{request.Named("UserName", MaxName)}")
        {
            RequestTags = IamTags.Read(request),
            PermissionsBoundary = request.Find("PermissionsBoundary"),
        });

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var boundary = request.Find("PermissionsBoundary") is { } arn ? await policies.BoundaryAsync(request, arn, cancellationToken) : null;
        var user = new UserRecord
        {
            AccountId = request.AccountId,
            Name = request.Named("UserName", MaxName),
            Path = request.Path("Path"),
            Id = UniqueId.New(UniqueId.User),
            Created = request.Now,
            Boundary = boundary,
            Tags = IamTags.Read(request),
        };
        await IamChanges.CreateAsync(identities.Users, user, $"User with name {user.Name} already exists.", cancellationToken);
        return [IamDocument.Of(user)];
    }
}
