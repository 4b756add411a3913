namespace S3Cassandra.Storage.Garbage;

/// <summary>What <see cref="SharedFsck"/> goes through, in this order.</summary>
public enum FsckPhase
{
    /// <summary>Every row, and what it refers to.</summary>
    Rows,

    /// <summary>Parts of uploads that are gone.</summary>
    Parts,

    /// <summary>Every blob, range after range: does anything refer to it?</summary>
    Blobs,
}
