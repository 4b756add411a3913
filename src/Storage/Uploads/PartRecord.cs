using S3Cassandra.Storage.Checksums;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.Storage.Uploads;

/// <summary>An uploaded part, as its row describes it.</summary>
public sealed record PartRecord
{
    /// <summary>Bytes, as the client sees them.</summary>
    public required long Size { get; init; }

    /// <summary>Without quotes: 32 hexadecimal digits.</summary>
    public required string ETag { get; init; }

    /// <summary>When it had arrived whole.</summary>
    public required DateTimeOffset LastModified { get; init; }

    /// <summary>Of the upload's algorithm; where it named none, of whatever the part came with, or CRC-64/NVME.</summary>
    public required Checksum Checksum { get; init; }

    /// <summary>Of its bytes: what the object gets where the upload named no algorithm.</summary>
    public required ulong Crc64Nvme { get; init; }

    /// <summary>Where the bytes are; null for a part without any.</summary>
    public ObjectPart? Stored { get; init; }
}
