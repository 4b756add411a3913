namespace S3Cassandra.Storage.Checksums;

/// <summary>What was computed over a body while it streamed by.</summary>
public sealed record BodyDigests
{
    public required long Length { get; init; }

    /// <summary>16 bytes.</summary>
    public required ReadOnlyMemory<byte> Md5 { get; init; }

    /// <summary>The checksum of <see cref="IObjectBody.Algorithm"/> (CRC-64/NVME where that is null), of the whole body.</summary>
    public required Checksum Checksum { get; init; }

    /// <summary>CRC-64/NVME of bytes that went into a blob, whatever else was asked for; 0 otherwise.</summary>
    public ulong Crc64Nvme { get; init; }

    /// <summary>32 bytes, where <see cref="IObjectBody.NeedsSha256"/>; empty otherwise.</summary>
    public ReadOnlyMemory<byte> Sha256 { get; init; }
}
