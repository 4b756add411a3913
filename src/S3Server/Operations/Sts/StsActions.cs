using S3Cassandra.S3Server.Identities;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Sts;

/// <summary>The actions of STS that there are.</summary>
internal sealed class StsActions(
    IdentityStore identities, AssumableRoles roles, SessionLimits limits, SessionIssuer issuer, WebIdentityReader webIdentities, FirstAccount first)
{
    public QueryService Service { get; } = new("sts", "2011-06-15", StsDocument.Namespace, HasRegions: true)
    {
        ChangesRecords = false,
        Actions =
        [
            new AssumeRole(roles, limits, issuer),
            new AssumeRoleWithWebIdentity(roles, limits, issuer, webIdentities),
            new GetSessionToken(issuer),
            new GetCallerIdentity(),
            new GetAccessKeyInfo(identities, first),
        ],
    };
}
