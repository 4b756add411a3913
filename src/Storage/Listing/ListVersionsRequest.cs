using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Listing;

/// <summary>A page of a bucket's versions and delete markers to list, in (key, newest first) order.</summary>
public readonly record struct ListVersionsRequest
{
    public required BucketId Bucket { get; init; }

    /// <inheritdoc cref="ListRequest.Prefix"/>
    public ReadOnlyMemory<byte> Prefix { get; init; }

    /// <inheritdoc cref="ListRequest.Delimiter"/>
    public ReadOnlyMemory<byte> Delimiter { get; init; }

    /// <summary>Only keys and common prefixes above it, and, with <see cref="VersionIdMarker"/>, its own versions below that one.</summary>
    public ReadOnlyMemory<byte> KeyMarker { get; init; }

    /// <summary>A version of <see cref="KeyMarker"/>: <see cref="ListedRow.Marker"/> of a row listed before, or a version id.</summary>
    public VersionId? VersionIdMarker { get; init; }

    /// <inheritdoc cref="ListRequest.MaxKeys"/>
    public required int MaxKeys { get; init; }
}
