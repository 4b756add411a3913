using S3Cassandra.Auth.Credentials;
using S3Cassandra.Auth.Policies.Evaluation;

namespace S3Cassandra.S3Server.Identities;

/// <summary>Whose sessions a role, user or root gives, as its record was at most two seconds ago.</summary>
/// <param name="Owner">The principal itself: its ARN, account and tags.</param>
/// <param name="Id">Its unique id; empty for a root.</param>
/// <param name="Policies">What it may do.</param>
/// <param name="ActiveKeys">Its long-lived keys that are active.</param>
internal sealed record SessionPrincipal(Identity Owner, string Id, PrincipalPolicies Policies, IReadOnlyList<string> ActiveKeys);
