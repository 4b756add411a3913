using S3Cassandra.Storage.Encryption;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.Storage.Buckets;

/// <summary>A bucket as the catalog describes it. Versioning is not here: it is part of the index's configuration.</summary>
public sealed record BucketRecord
{
    public required string Name { get; init; }

    public required BucketId Id { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required string Region { get; init; }

    public required ObjectOwner Owner { get; init; }

    /// <summary>The catalog's revision of this record; what a change is conditioned on.</summary>
    public long Revision { get; init; }

    public IReadOnlyList<ObjectTag> Tags { get; init; } = [];

    public IReadOnlyList<CorsRule> Cors { get; init; } = [];

    /// <summary>What objects are encrypted with when the request says nothing.</summary>
    public EncryptionKind DefaultEncryption { get; init; }

    /// <summary>The bucket policy as it was put: JSON, at most 20 KiB; null without one.</summary>
    public string? Policy { get; init; }

    /// <summary>Null where none was put.</summary>
    public PublicAccessBlock? PublicAccessBlock { get; init; }
}
