using S3Cassandra.Storage.Checksums;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.Storage.Uploads;

/// <summary>What a client asks for that completes an upload.</summary>
public sealed record CompleteUpload
{
    /// <summary>The parts, as the client lists them.</summary>
    public required IReadOnlyList<CompletedPart> Parts { get; init; }

    /// <summary>The object's checksum as the client expects it (its type is <see cref="ChecksumType"/>, if given); null for none.</summary>
    public Checksum? Checksum { get; init; }

    /// <summary>x-amz-checksum-type; null when absent.</summary>
    public ChecksumType? ChecksumType { get; init; }

    /// <summary>x-amz-mp-object-size: what the parts must add up to; null when absent.</summary>
    public long? ObjectSize { get; init; }

    public WriteConditions Conditions { get; init; } = WriteConditions.None;
}
