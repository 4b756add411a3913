namespace S3Cassandra.S3Server.Configuration;

/// <summary>A setting is unknown, contradicts another or cannot be what it says. The message is a sentence that names it.</summary>
internal sealed class ConfigurationException(string message) : Exception(message);
