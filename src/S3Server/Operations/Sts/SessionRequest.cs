using S3Cassandra.Auth.Sessions;

namespace S3Cassandra.S3Server.Operations.Sts;

/// <summary>What a request asks of a session's limits: how long, and which policies.</summary>
internal sealed record SessionRequest(string Name, TimeSpan Duration, string? Policy, IReadOnlyList<SessionPolicy> Policies);
