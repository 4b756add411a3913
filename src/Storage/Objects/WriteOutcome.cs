namespace S3Cassandra.Storage.Objects;

/// <summary>What became of a write, and, when done, the version that it made (for a DELETE: the marker made or the version removed).</summary>
public readonly record struct WriteOutcome(WriteStatus Status, ObjectRecord? Version = null)
{
    /// <summary>Whether the bucket keeps versions (enabled or suspended), so that answers carry x-amz-version-id.</summary>
    public bool Versioned { get; init; }
}
