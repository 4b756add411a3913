using System.Xml.Linq;
using S3Cassandra.S3Server.Identities;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Lists managed policies: the account's own, AWS's, or both; those attached, those below a path.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html"/>
internal sealed class ListPolicies(IdentityStore identities, PolicyUses uses) : IQueryAction
{
    public string Name => "ListPolicies";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new QueryTarget($"arn:aws:iam::{request.AccountId}:policy{request.PathPrefix()}"));

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var scope = request.OneOf("Scope", ["All", "AWS", "Local"]) ?? "All";
        var usage = request.OneOf("PolicyUsageFilter", ["PermissionsPolicy", "PermissionsBoundary"]);
        var onlyAttached = request.Flag("OnlyAttached");
        var prefix = request.PathPrefix();
        var counted = await uses.CountAsync(request.AccountId, cancellationToken);
        var policies = new List<ManagedPolicyRecord>(scope == "Local" ? [] : AwsManagedPolicies.All);
        if (scope != "AWS")
        {
            policies.AddRange(await identities.Policies.AllAsync(request.AccountId, null, cancellationToken).ToListAsync(cancellationToken));
        }

        var listed = policies.Where(policy => policy.Path.StartsWith(prefix, StringComparison.Ordinal) && IsUsed(UseOf(policy)));
        return IamPage.Of(
            request, "Policies", listed, policy => policy.Arn(), policy => PolicyElements.Of(policy, UseOf(policy), isAlone: false, "member"));

        PolicyUse UseOf(ManagedPolicyRecord policy) => counted.GetValueOrDefault(PolicyUses.ReferenceTo(policy));

        bool IsUsed(PolicyUse use) => usage switch
        {
            "PermissionsPolicy" => use.Attachments > 0,
            "PermissionsBoundary" => use.Boundaries > 0,
            _ => !onlyAttached || use.Attachments > 0,
        };
    }
}
