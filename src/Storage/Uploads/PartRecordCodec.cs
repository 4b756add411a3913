using S3Cassandra.Storage.Objects;
using S3Cassandra.Storage.Packing;

namespace S3Cassandra.Storage.Uploads;

/// <summary>The packed form of a <see cref="PartRecord"/>: format (1), size, milliseconds since 1970, MD5, checksum, CRC-64/NVME, place of the bytes.</summary>
public static class PartRecordCodec
{
    private const byte Format = 1;

    /// <exception cref="ArgumentException">The ETag is not 32 hexadecimal digits.</exception>
    public static byte[] Encode(PartRecord part)
    {
        Span<byte> md5 = stackalloc byte[EntityTag.Md5Length];
        if (!EntityTag.TryParse(part.ETag, md5, out var parts) || parts != 0)
        {
            throw new ArgumentException($"\"{part.ETag}\" is no ETag of a part.", nameof(part));
        }

        var writer = new PackedWriter(stackalloc byte[256]);
        try
        {
            writer.Byte(Format);
            writer.Number((ulong)part.Size);
            writer.Number((ulong)part.LastModified.ToUnixTimeMilliseconds());
            writer.Raw(md5);
            ObjectRecordCodec.WriteChecksum(ref writer, part.Checksum);
            writer.UInt64(part.Crc64Nvme);
            writer.Byte(part.Stored is null ? (byte)0 : (byte)1);
            if (part.Stored is { } stored)
            {
                ObjectPartCodec.Write(ref writer, stored);
            }

            return writer.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <exception cref="CorruptDataException">It is not one of ours.</exception>
    public static PartRecord Decode(ReadOnlySpan<byte> packed)
    {
        var reader = new PackedReader(packed);
        if (reader.Byte() is var format && format != Format)
        {
            throw new CorruptDataException($"A stored part has the unknown format {format}.");
        }

        var size = reader.Int64();
        var modified = DateTimeOffset.FromUnixTimeMilliseconds(reader.Int64());
        var etag = EntityTag.Format(reader.Raw(EntityTag.Md5Length));
        var checksum = ObjectRecordCodec.ReadChecksum(ref reader) ?? throw new CorruptDataException("A stored part has no checksum.");
        var crc = reader.UInt64();
        return new PartRecord
        {
            Size = size,
            LastModified = modified,
            ETag = etag,
            Checksum = checksum,
            Crc64Nvme = crc,
            Stored = reader.Byte() == 0 ? null : ObjectPartCodec.Read(ref reader),
        };
    }
}
