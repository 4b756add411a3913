namespace S3Cassandra.S3Server.Telemetry;

/// <summary>What an audit line tells of.</summary>
internal enum AuditEvent
{
    /// <summary>An administrative change that was made, or whose outcome is not known (status 5xx).</summary>
    Change,

    /// <summary>A request, or an item of it, that its sender was not allowed, or whose credential did not hold.</summary>
    Refused,
}
