using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Objects;

/// <summary>What was found under a key, as of one moment.</summary>
/// <param name="Status">Whether something was.</param>
/// <param name="Bucket">Where it was looked for.</param>
/// <param name="Key">Where it was looked for.</param>
public sealed record ObjectLookup(LookupStatus Status, BucketId Bucket, ObjectKey Key)
{
    /// <summary>The version that was asked for; null: the current one.</summary>
    public VersionId? Asked { get; init; }

    /// <summary>The object, or the delete marker (<see cref="LookupStatus.DeleteMarker"/>); null when there is neither.</summary>
    public ObjectRecord? Record { get; init; }

    /// <summary>The record, where the status says that there is one.</summary>
    public ObjectRecord Object => Record ?? throw new InvalidOperationException("Nothing was found.");

    /// <summary>Whether the bucket keeps versions (enabled or suspended), so that answers carry x-amz-version-id.</summary>
    public bool Versioned { get; init; }

    /// <summary>The bytes that live in the row, as stored, where they were asked for.</summary>
    public ReadOnlyMemory<byte> Inline { get; init; }
}
