namespace S3Cassandra.Cql;

/// <summary>What arrived is not the native protocol: malformed, truncated, oversized, or an answer to nothing. The connection that it came on is closed.</summary>
public sealed class CqlProtocolException(string message, Exception? inner = null) : CqlException(message, inner);
