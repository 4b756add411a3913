namespace S3Cassandra.Storage.Blobs;

/// <summary>Why something is suspected of being garbage.</summary>
public enum SuspectKind
{
    /// <summary>A blob that was begun; a crash may have left it without a reference.</summary>
    Written,

    /// <summary>A blob whose reference a commit was to remove.</summary>
    Released,

    /// <summary>An upload that ended: its parts, and the blobs among them that no manifest took over.</summary>
    EndedUpload,
}
