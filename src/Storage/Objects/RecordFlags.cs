namespace S3Cassandra.Storage.Objects;

/// <summary>What a packed record holds beyond its fixed places. Stored: never renumber.</summary>
[Flags]
internal enum RecordFlags
{
    None = 0,
    DeleteMarker = 1 << 0,
    VersionRows = 1 << 1,
    ETag = 1 << 2,
    Encryption = 1 << 3,
    Headers = 1 << 4,
    Metadata = 1 << 5,
    Tags = 1 << 6,
    Parts = 1 << 7,
    Manifest = 1 << 8,
    InlineNonce = 1 << 9,
    NullVersion = 1 << 10,
    Upload = 1 << 11,
    Acl = 1 << 12,
    WebsiteRedirect = 1 << 13,
}
