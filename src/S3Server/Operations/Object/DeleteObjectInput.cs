using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>What a DeleteObject asks for.</summary>
internal sealed record DeleteObjectInput(VersionId? Version, WriteConditions Conditions);
