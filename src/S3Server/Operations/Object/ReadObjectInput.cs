using S3Cassandra.Storage.Encryption;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>What a GetObject or HeadObject asks for.</summary>
internal sealed record ReadObjectInput
{
    public required VersionId? Version { get; init; }

    public required int? PartNumber { get; init; }

    public required string? Range { get; init; }

    public required ReadConditions Conditions { get; init; }

    /// <summary>x-amz-checksum-mode: ENABLED.</summary>
    public required bool WithChecksum { get; init; }

    public required CustomerKey? CustomerKey { get; init; }

    /// <summary>Header fields that the request wants instead of the stored ones.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Overrides { get; init; }
}
