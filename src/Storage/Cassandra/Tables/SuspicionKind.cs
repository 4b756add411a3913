namespace S3Cassandra.Storage.Cassandra.Tables;

/// <summary>What is suspected of being garbage, and why. The numbers are stored.</summary>
internal enum SuspicionKind
{
    /// <summary>A blob that was begun; a crash may have left it without a reference.</summary>
    WrittenBlob = 0,

    /// <summary>A blob whose reference a commit was to remove.</summary>
    ReleasedBlob = 1,

    /// <summary>An upload that a commit was to end: its parts, and the blobs among them that no manifest took over.</summary>
    EndedUpload = 2,

    /// <summary>A shard that a replacement made or was to replace.</summary>
    Shard = 3,
}
