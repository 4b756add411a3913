using S3Cassandra.Storage.Checksums;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Packing;

namespace S3Cassandra.Storage.Objects;

/// <summary>What listings show of a version, read without unpacking the rest of its record. Holds no memory of the record.</summary>
public readonly record struct ObjectSummary
{
    public VersionId VersionId { get; init; }

    public bool IsDeleteMarker { get; init; }

    public long Size { get; init; }

    /// <summary>Without quotes; empty for a delete marker.</summary>
    public string ETag => HasETag ? EntityTag.Format(Md5, ETagParts) : "";

    public DateTimeOffset LastModified { get; init; }

    public ObjectOwner Owner { get; init; }

    public ChecksumAlgorithm? ChecksumAlgorithm { get; init; }

    public ChecksumType? ChecksumType { get; init; }

    /// <summary>In a head: whether the key also has version rows, this version among them.</summary>
    public bool HasVersionRows { get; init; }

    /// <summary>0 for an object that was put whole.</summary>
    public int PartCount { get; init; }

    private bool HasETag { get; init; }

    private UInt128 Md5 { get; init; }

    private int ETagParts { get; init; }

    /// <summary>Writes <see cref="ETag"/> without making a string (1,000 of them a page of a listing); says how many bytes it has.</summary>
    public int WriteETag(Span<byte> utf8) => HasETag ? EntityTag.Write(Md5, ETagParts, utf8) : 0;

    /// <exception cref="CorruptDataException">It is not one of ours.</exception>
    public static ObjectSummary Read(ReadOnlySpan<byte> packed)
    {
        var reader = new PackedReader(packed);
        var prefix = ReadPrefix(ref reader);
        return new ObjectSummary
        {
            VersionId = prefix.VersionId,
            IsDeleteMarker = prefix.Flags.HasFlag(RecordFlags.DeleteMarker),
            Size = prefix.Size,
            HasETag = prefix.Flags.HasFlag(RecordFlags.ETag),
            Md5 = prefix.Md5,
            ETagParts = prefix.ETagParts,
            LastModified = prefix.LastModified,
            Owner = OwnerCache.Read(ref reader),
            ChecksumAlgorithm = prefix.Checksum == 0 ? null : (ChecksumAlgorithm)(prefix.Checksum & 15),
            ChecksumType = prefix.Checksum == 0 ? null : (ChecksumType)(prefix.Checksum >> 4),
            HasVersionRows = prefix.Flags.HasFlag(RecordFlags.VersionRows),
            PartCount = prefix.PartCount,
        };
    }

    public static ObjectSummary Read(ReadOnlyMemory<byte> packed) => Read(packed.Span);

    internal static RecordPrefix ReadPrefix(ref PackedReader reader)
    {
        if (reader.Byte() is var format && format != ObjectRecordCodec.Format)
        {
            throw new CorruptDataException($"A stored record has the unknown format {format}.");
        }

        var flags = (RecordFlags)reader.UInt16();
        var checksum = reader.Byte();
        var partCount = reader.UInt16();
        var etagParts = reader.UInt16();
        var version = new VersionId(reader.UInt128());
        var clock = reader.UInt64();
        var size = (long)reader.UInt64();
        var modified = ReadTime(ref reader);
        var md5 = reader.UInt128();
        return new RecordPrefix(flags, checksum, partCount, etagParts, version, clock, size, modified, md5);
    }

    private static DateTimeOffset ReadTime(ref PackedReader reader)
    {
        var milliseconds = reader.UInt64();
        return milliseconds <= (ulong)DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds)
            : throw new CorruptDataException("A stored record has a time that is none.");
    }
}
