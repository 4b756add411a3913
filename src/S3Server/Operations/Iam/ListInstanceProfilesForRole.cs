using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Lists the instance profiles with a role: there are none here, as there are no instances. Terraform asks.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfilesForRole.html"/>
internal sealed class ListInstanceProfilesForRole(IamRoles roles) : IQueryAction
{
    public string Name => "ListInstanceProfilesForRole";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        roles.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        await roles.GetAsync(request, cancellationToken);
        return IamPage.Empty("InstanceProfiles");
    }
}
