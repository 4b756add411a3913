using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Changes a role's description.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRoleDescription.html"/>
internal sealed class UpdateRoleDescription(IamRoles roles) : IQueryAction
{
    public string Name => "UpdateRoleDescription";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        roles.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        request.Get("Description");
        var description = RoleSettings.Description(request);
        await roles.ChangeAsync(request, role => role with { Description = description }, "", cancellationToken);
        return [RoleDocument.Of(await roles.GetAsync(request, cancellationToken))];
    }
}
