using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Removes a managed policy that is bound to nothing and has no version but the default one.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html"/>
internal sealed class DeletePolicy(IdentityStore identities, IamPolicies policies, PolicyUses uses) : IQueryAction
{
    public string Name => "DeletePolicy";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        policies.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var arn = IamPolicies.OwnArn(request);
        var policy = await policies.GetAsync(request, arn, cancellationToken);
        if (await uses.OfAsync(policy, request.AccountId, cancellationToken) != default)
        {
            throw QueryException.Conflict("Cannot delete a policy attached to entities.");
        }

        await IamChanges.RemoveAsync(
            identities.Policies,
            request.AccountId,
            policy.Name,
            now =>
            {
                if (now.Versions.Count > 1)
                {
                    throw QueryException.Conflict(
                        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.");
                }
            },
            IamPolicies.Missing(arn),
            cancellationToken);
        return [];
    }
}
