using System.Xml.Linq;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Makes a role: who may assume it is said, what it may do not yet.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html"/>
internal sealed class CreateRole(IdentityStore identities, IamPolicies policies, TrustPolicies trust) : IQueryAction
{
    public string Name => "CreateRole";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(
        new QueryTarget($"arn:aws:iam::{request.AccountId}:role{request.Path("Path")}{IamRoles.NameOf(request)}")
        {
            RequestTags = IamTags.Read(request),
            PermissionsBoundary = request.Find("PermissionsBoundary"),
        });

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var role = new RoleRecord
        {
            AccountId = request.AccountId,
            Name = IamRoles.NameOf(request),
            Path = request.Path("Path"),
            Id = UniqueId.New(UniqueId.Role),
            Created = request.Now,
            Description = RoleSettings.Description(request),
            MaxSessionSeconds = RoleSettings.MaxSession(request) ?? 3600,
            Tags = IamTags.Read(request),
            TrustPolicy = "",
        };
        var (document, ids) = await trust.ReadAsync(request, "AssumeRolePolicyDocument", cancellationToken);
        var boundary = request.Find("PermissionsBoundary") is { } arn ? await policies.BoundaryAsync(request, arn, cancellationToken) : null;
        role = role with { TrustPolicy = document, TrustedIds = ids, Boundary = boundary };
        await IamChanges.CreateAsync(identities.Roles, role, $"Role with name {role.Name} already exists.", cancellationToken);
        return [RoleDocument.Of(role)];
    }
}
