using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Counts what an account has, and says how much it may have.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html"/>
internal sealed class GetAccountSummary(IdentityStore identities, AccountStore accounts) : IQueryAction
{
    public string Name => "GetAccountSummary";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(new QueryTarget("*"));

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var account = request.AccountId;
        var policies = await identities.Policies.AllAsync(account, null, cancellationToken).ToListAsync(cancellationToken);
        (string Name, int Value)[] entries =
        [
            ("Users", await identities.Users.AllAsync(account, null, cancellationToken).CountAsync(cancellationToken)),
            ("Groups", await identities.Groups.AllAsync(account, null, cancellationToken).CountAsync(cancellationToken)),
            ("Roles", await identities.Roles.AllAsync(account, null, cancellationToken).CountAsync(cancellationToken)),
            ("Policies", policies.Count),
            ("PolicyVersionsInUse", policies.Sum(policy => policy.Versions.Count)),
            ("AccountAccessKeysPresent", (await accounts.FindAsync(account, cancellationToken))?.Keys.Count > 0 ? 1 : 0),
            ("AccessKeysPerUserQuota", 2),
            ("AttachedPoliciesPerUserQuota", 10),
            ("AttachedPoliciesPerGroupQuota", 10),
            ("AttachedPoliciesPerRoleQuota", 10),
            ("GroupsPerUserQuota", 10),
            ("PolicySizeQuota", 6144),
            ("VersionsPerPolicyQuota", 5),
            ("AccountMFAEnabled", 0),
            ("MFADevices", 0),
            ("MFADevicesInUse", 0),
            ("ServerCertificates", 0),
        ];
        return [IamDocument.Element("SummaryMap", [.. entries.Select(Entry)])];
    }

    private static XElement Entry((string Name, int Value) entry) =>
        IamDocument.Element("entry", IamDocument.Element("key", entry.Name), IamDocument.Element("value", entry.Value));
}
