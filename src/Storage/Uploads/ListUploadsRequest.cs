using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Uploads;

/// <summary>A page of a bucket's multipart uploads to list, by key and then by when they were initiated.</summary>
public readonly record struct ListUploadsRequest
{
    public required BucketId Bucket { get; init; }

    /// <summary>Only keys that begin with it.</summary>
    public ReadOnlyMemory<byte> Prefix { get; init; }

    /// <summary>Rolls keys up to the end of its first occurrence after the prefix; empty for none.</summary>
    public ReadOnlyMemory<byte> Delimiter { get; init; }

    /// <summary>Only keys and common prefixes above it, and, with <see cref="UploadIdMarker"/>, its own later uploads.</summary>
    public ReadOnlyMemory<byte> KeyMarker { get; init; }

    /// <summary>An upload of <see cref="KeyMarker"/>: it and those before it are left out.</summary>
    public UploadId? UploadIdMarker { get; init; }

    /// <summary>How many uploads and common prefixes at most.</summary>
    public required int MaxUploads { get; init; }
}
