using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Objects;

/// <summary>A new version of a key, or a delete marker, ready to be committed.</summary>
public sealed record VersionWrite
{
    public required BucketId Bucket { get; init; }

    public required ObjectKey Key { get; init; }

    /// <summary>The version; the writer fills in VersionId, LastModified, Clock and what says where its rows are.</summary>
    public required ObjectRecord Version { get; init; }

    /// <summary>The bytes that live in the row, as stored (encrypted where the object is); empty where they lie in blobs.</summary>
    public ReadOnlyMemory<byte> InlineBody { get; init; }

    public WriteConditions Conditions { get; init; } = WriteConditions.None;

    /// <summary>When the oldest blob that the version refers to was begun; now, where it refers to none.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>An upload that ends with this commit, once: its id, and the ver that its row must still have.</summary>
    public (UploadId Id, Guid Ver)? EndsUpload { get; init; }
}
