using System.Net;

namespace S3Cassandra.Cql;

/// <summary>The root of everything that this client throws, cancellation and misuse of an argument apart.</summary>
public abstract class CqlException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The node that answered or was asked; null where none was.</summary>
    public EndPoint? Node { get; init; }
}
