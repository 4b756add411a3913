using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Gives a managed policy another version, five at most.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html"/>
internal sealed class CreatePolicyVersion(IamPolicies policies) : IQueryAction
{
    public string Name => "CreatePolicyVersion";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        policies.TargetAsync(request, cancellationToken);

    private const int MaxVersions = 5;

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var document = PolicyDocuments.Read(request);
        var isDefault = request.Flag("SetAsDefault");
        ManagedPolicyRecord? changed = null;
        await policies.ChangeAsync(request, policy => changed = With(policy, document, isDefault, request.Now), "", cancellationToken);
        return [PolicyElements.Version(changed!, changed!.Versions[^1], withDocument: false)];
    }

    private static ManagedPolicyRecord With(ManagedPolicyRecord policy, string document, bool isDefault, DateTimeOffset now)
    {
        if (policy.Versions.Count >= MaxVersions)
        {
            throw QueryException.LimitExceeded(
                $"A managed policy can have up to {MaxVersions} versions. Before you create a new version, you must delete an existing version.");
        }

        var number = policy.LastVersion + 1;
        return policy with
        {
            Versions = [.. policy.Versions, new PolicyVersion(number, document, now)],
            LastVersion = number,
            DefaultVersion = isDefault ? number : policy.DefaultVersion,
            Updated = now,
        };
    }
}
