namespace S3Cassandra.Storage.Garbage;

/// <summary>How a walk over a key's records ended.</summary>
internal enum KeyWalkStatus
{
    /// <summary>Every record was seen, as of one moment.</summary>
    Whole,

    /// <summary>The visitor had seen enough.</summary>
    Stopped,

    /// <summary>There is no such bucket any more, and so no record.</summary>
    BucketGone,

    /// <summary>The key kept changing.</summary>
    Unsettled,
}
