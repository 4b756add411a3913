using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Objects;

/// <summary>The fixed places of a packed record.</summary>
internal readonly record struct RecordPrefix(
    RecordFlags Flags,
    byte Checksum,
    int PartCount,
    int ETagParts,
    VersionId VersionId,
    ulong Clock,
    long Size,
    DateTimeOffset LastModified,
    UInt128 Md5)
{
    /// <summary>Without quotes; empty where there is none.</summary>
    public string ETag => Flags.HasFlag(RecordFlags.ETag) ? EntityTag.Format(Md5, ETagParts) : "";
}
