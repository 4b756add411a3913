namespace S3Cassandra.Storage.Garbage;

/// <summary>Kinds of damage, and of what a crash may leave behind without any (<see cref="FsckFinding.IsDamage"/>).</summary>
public enum FsckFindingKind
{
    /// <summary>A row refers to a blob that is not there.</summary>
    DanglingReference,

    /// <summary>A chunk is missing, of the wrong length, or fails its checksum.</summary>
    DamagedChunk,

    /// <summary>Bytes that live in a row are missing or not as many as the row says.</summary>
    DamagedBody,

    /// <summary>A record cannot be unpacked, or a row fails the store's own check.</summary>
    UnreadableRecord,

    /// <summary>Two rows of different keys refer to one blob.</summary>
    SharedBlob,

    /// <summary>A blob that nothing refers to and that no suspicion names: it would never be freed.</summary>
    Orphan,

    /// <summary>A suspicion whose owner cannot be read: it takes a search of the whole index to settle it.</summary>
    TornSuspect,

    /// <summary>A head says that its version has a row of its own, and there is none.</summary>
    MissingVersionRow,

    /// <summary>A key has version rows and neither a head nor a hidden head: it can be listed and not be read.</summary>
    MissingHead,

    /// <summary>Parts of an upload that is gone, and that no suspicion names.</summary>
    PartsWithoutUpload,

    /// <summary>The catalog names a bucket that the index does not have.</summary>
    BucketWithoutIndex,

    /// <summary>The index has a key space that no bucket of the catalog names; a crash while a bucket was made or deleted leaves it.</summary>
    IndexWithoutBucket,
}
