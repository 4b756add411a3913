namespace S3Cassandra.Cql;

/// <summary>The node refused the user name or the password, or asks for a way of authentication that this client does not know.</summary>
public sealed class CqlAuthenticationException(string message, Exception? inner = null) : CqlException(message, inner);
