using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Objects;

/// <summary>The fixed places of a packed record.</summary>
internal readonly record struct RecordPrefix(
    RecordFlags Flags, byte Checksum, int PartCount, string ETag, VersionId VersionId, ulong Clock, long Size, DateTimeOffset LastModified);
