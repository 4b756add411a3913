using System.Net;

namespace S3Cassandra.Cql;

/// <summary>Every node of the plan was tried or was down; <see cref="Reasons"/> has each with its own reason.</summary>
public sealed class NoNodeAvailableException(string message, IReadOnlyList<KeyValuePair<EndPoint, Exception>> reasons)
    : CqlException(message, reasons.Count > 0 ? reasons[^1].Value : null)
{
    /// <summary>Nodes in the order in which they were tried.</summary>
    public IReadOnlyList<KeyValuePair<EndPoint, Exception>> Reasons { get; } = reasons;
}
