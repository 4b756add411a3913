namespace S3Cassandra.Storage.Cassandra.Tests.Simulation;

/// <summary>A promise was broken.</summary>
internal sealed class ViolationException(string message) : Exception(message);
