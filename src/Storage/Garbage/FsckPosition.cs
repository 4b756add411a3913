using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Garbage;

/// <summary>How far <see cref="SharedFsck"/> has come: everything before was checked, and what was found is counted in the report.</summary>
public sealed record FsckPosition
{
    public FsckPhase Phase { get; init; }

    /// <summary>The id of the bucket whose rows are being checked, in the order of ids; empty: the first.</summary>
    public string Bucket { get; init; } = "";

    public IndexSection Section { get; init; } = IndexSection.Upload;

    /// <summary>The last key that was checked, and its suffix: the check goes on behind them.</summary>
    public byte[]? Key { get; init; }

    public byte[]? Suffix { get; init; }

    /// <summary>The range of blobs that is next.</summary>
    public int Range { get; init; }

    /// <summary>What was found up to here.</summary>
    public FsckReport Report { get; init; } = new();

    /// <summary>About how much of all that is, between 0 and 1: rows and blobs count as a half each.</summary>
    public double Done { get; init; }
}
