using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Garbage;

/// <summary>Something that fsck found.</summary>
/// <param name="Kind">What.</param>
/// <param name="Detail">In words.</param>
public sealed record FsckFinding(FsckFindingKind Kind, string Detail)
{
    /// <summary>The bucket's name, or its id where the catalog has none; null where no bucket is concerned.</summary>
    public string? Bucket { get; init; }

    /// <summary>The object's key; of an orphan the one that it was written for.</summary>
    public string? Key { get; init; }

    /// <summary>The version id, "null", or "upload ID part N", or "upload ID"; null for an orphan that was written by a PUT, which was given no version.</summary>
    public string? Version { get; init; }

    public BlobId? Blob { get; init; }

    /// <summary>Whether it was repaired.</summary>
    public bool Repaired { get; init; }

    /// <summary>False for what a crash may leave behind: it costs space, and no object is the worse for it.</summary>
    public bool IsDamage => Kind is not (FsckFindingKind.TornSuspect or FsckFindingKind.IndexWithoutBucket);

    public override string ToString()
    {
        var where = string.Join(" ", new[]
        {
            Bucket is null ? null : $"bucket={Bucket}",
            Key is null ? null : $"key={Key}",
            Version is null ? null : $"version={Version}",
            Blob is null ? null : $"blob={Blob}",
        }.Where(part => part is not null));
        return $"{Kind}{(where.Length > 0 ? " " : "")}{where}: {Detail}{(Repaired ? " (repaired)" : "")}";
    }
}
