using S3Cassandra.Auth.Credentials;
using S3Cassandra.Auth.Policies.Evaluation;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>An access key, whose it is, and what that principal may do.</summary>
internal sealed record KnownKey(AccessKey Key, PrincipalPolicies Policies);
