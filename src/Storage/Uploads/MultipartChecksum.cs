using System.Security.Cryptography;
using S3Cassandra.Storage.Checksums;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.Storage.Uploads;

/// <summary>What S3 makes of the parts' digests for the object: its ETag and its checksum.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html"/>
internal static class MultipartChecksum
{
    /// <summary>The MD5 of the parts' MD5s, and how many there are.</summary>
    public static string ETag(IReadOnlyList<PartRecord> parts)
    {
        Span<byte> md5 = stackalloc byte[EntityTag.Md5Length];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        foreach (var part in parts)
        {
            EntityTag.TryParse(part.ETag, md5, out _);
            hash.AppendData(md5);
        }

        hash.GetHashAndReset(md5);
        return EntityTag.Format(md5, parts.Count);
    }

    /// <summary>The object's checksum of the upload's kind: CRC-64/NVME of all bytes where it names none.</summary>
    public static Checksum Of(UploadRecord upload, IReadOnlyList<PartRecord> parts)
    {
        if (upload.ChecksumAlgorithm is not { } algorithm)
        {
            return FullObject(ChecksumAlgorithm.Crc64Nvme, parts, static (_, part) => part.Crc64Nvme);
        }

        return upload.ChecksumType is ChecksumType.Composite
            ? Composite(algorithm, parts)
            : FullObject(algorithm, parts, static (crc, part) => crc.Read(part.Checksum.Value.Span));
    }

    /// <summary>Of all bytes: the parts' CRCs combined.</summary>
    private static Checksum FullObject(
        ChecksumAlgorithm algorithm, IReadOnlyList<PartRecord> parts, Func<CrcCombination, PartRecord, ulong> read)
    {
        var crc = CrcCombination.For(algorithm) ?? throw new CorruptDataException($"An upload asks for {algorithm} of the full object.");
        var value = 0UL;
        foreach (var part in parts)
        {
            value = crc.Combine(value, read(crc, part), part.Size);
        }

        return new Checksum(algorithm, ChecksumType.FullObject, crc.Write(value));
    }

    /// <summary>Of the parts' checksums, one after the other.</summary>
    private static Checksum Composite(ChecksumAlgorithm algorithm, IReadOnlyList<PartRecord> parts)
    {
        var all = new byte[parts.Sum(part => part.Checksum.Value.Length)];
        var offset = 0;
        foreach (var part in parts)
        {
            part.Checksum.Value.Span.CopyTo(all.AsSpan(offset));
            offset += part.Checksum.Value.Length;
        }

        return new Checksum(algorithm, ChecksumType.Composite, ChecksumHash.Compute(algorithm, all), parts.Count);
    }
}
