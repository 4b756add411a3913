using S3Cassandra.Auth.Credentials;
using S3Cassandra.Auth.Policies.Evaluation;
using S3Cassandra.Auth.Sessions;
using S3Cassandra.S3Server.Identities;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>An access key, whose it is, what that principal may do, and, of temporary credentials, their session.</summary>
internal sealed record KnownKey(AccessKey Key, PrincipalPolicies Policies, Session? Session = null)
{
    /// <summary>Where its uses are noted; null where nobody asks for them.</summary>
    public KeyUse? Use { get; init; }
}
