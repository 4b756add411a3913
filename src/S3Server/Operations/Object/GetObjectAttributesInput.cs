using S3Cassandra.Storage.Encryption;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>What a GetObjectAttributes asks for.</summary>
internal sealed record GetObjectAttributesInput(
    VersionId? Version, IReadOnlySet<string> Attributes, int MaxParts, int PartNumberMarker, CustomerKey? CustomerKey);
