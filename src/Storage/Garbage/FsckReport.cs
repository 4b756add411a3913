namespace S3Cassandra.Storage.Garbage;

/// <summary>What fsck went through.</summary>
public sealed record FsckReport
{
    public long Buckets { get; init; }

    /// <summary>Heads, hidden heads, versions, uploads and parts.</summary>
    public long Rows { get; init; }

    public long Blobs { get; init; }

    /// <summary>Stored bytes read and verified.</summary>
    public long Bytes { get; init; }

    /// <summary>Blobs without reference that a sweeper knows of and will free in time.</summary>
    public long Waiting { get; init; }

    public int Damage { get; init; }

    public int Repaired { get; init; }

    /// <summary>0 when no damage is left, 1 otherwise.</summary>
    public int ExitCode => Damage > Repaired ? 1 : 0;
}
