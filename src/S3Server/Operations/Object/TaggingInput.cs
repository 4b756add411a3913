using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>Whose tags, and, where they are replaced, by which.</summary>
internal sealed record TaggingInput(VersionId? Version, IReadOnlyList<ObjectTag> Tags);
