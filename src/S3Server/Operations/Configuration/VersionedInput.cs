using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>The input of an operation that asks of an object, or of one version of it, and nothing else.</summary>
internal readonly record struct VersionedInput(VersionId? Version);
