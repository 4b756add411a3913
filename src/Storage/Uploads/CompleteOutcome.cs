using S3Cassandra.Storage.Objects;

namespace S3Cassandra.Storage.Uploads;

/// <summary>What became of completing an upload, and the object when done.</summary>
public readonly record struct CompleteOutcome(CompleteStatus Status, ObjectRecord? Object = null)
{
    /// <summary>Whether the bucket keeps versions, so that the answer carries x-amz-version-id.</summary>
    public bool Versioned { get; init; }

    /// <summary>The part at fault, where one is.</summary>
    public int PartNumber { get; init; }

    /// <summary>The ETag that the client named for it.</summary>
    public string? PartETag { get; init; }

    /// <summary>That part's size, where it is at fault for it.</summary>
    public long PartSize { get; init; }

    /// <summary>The upload's algorithm, where its checksum is at fault.</summary>
    public Checksums.ChecksumAlgorithm Algorithm { get; init; }

    /// <summary>The upload's type of checksum, where that is at fault.</summary>
    public Checksums.ChecksumType ChecksumType { get; init; }

    /// <summary>What the parts add up to, where that is at fault.</summary>
    public long ObjectSize { get; init; }
}
