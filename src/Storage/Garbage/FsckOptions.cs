namespace S3Cassandra.Storage.Garbage;

/// <summary>What fsck is to do.</summary>
public sealed record FsckOptions
{
    /// <summary>Looks whether everything is there, without reading the contents.</summary>
    public bool Quick { get; init; }

    /// <summary>Frees what a sweeper would free had it been named as a suspect. Never touches what a row refers to.</summary>
    public bool Repair { get; init; }

    /// <summary>
    /// How many blobs are held against the index in one pass: about 40 bytes each. A store with more is walked through several times.
    /// </summary>
    public int BlobsPerPass { get; init; } = 2_000_000;
}
