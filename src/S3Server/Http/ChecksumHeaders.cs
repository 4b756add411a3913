using S3Cassandra.Storage.Checksums;

namespace S3Cassandra.S3Server.Http;

/// <summary>The names of S3's checksums: in headers (<c>x-amz-checksum-crc32c</c>), in documents and values (<c>CRC32C</c>).</summary>
internal static class ChecksumHeaders
{
    public const string Prefix = "x-amz-checksum-";

    public static IReadOnlyList<ChecksumAlgorithm> All { get; } = Enum.GetValues<ChecksumAlgorithm>();

    /// <summary>The header that holds a checksum of that algorithm.</summary>
    public static string HeaderOf(ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Crc32 => "x-amz-checksum-crc32",
        ChecksumAlgorithm.Crc32C => "x-amz-checksum-crc32c",
        ChecksumAlgorithm.Crc64Nvme => "x-amz-checksum-crc64nvme",
        ChecksumAlgorithm.Sha1 => "x-amz-checksum-sha1",
        ChecksumAlgorithm.Sha512 => "x-amz-checksum-sha512",
        ChecksumAlgorithm.Md5 => "x-amz-checksum-md5",
        ChecksumAlgorithm.XxHash64 => "x-amz-checksum-xxhash64",
        ChecksumAlgorithm.XxHash3 => "x-amz-checksum-xxhash3",
        ChecksumAlgorithm.XxHash128 => "x-amz-checksum-xxhash128",
        _ => "x-amz-checksum-sha256",
    };

    /// <summary>The algorithm's name in values: CRC32, CRC32C, CRC64NVME, MD5, SHA1, SHA256, SHA512, XXHASH128, XXHASH3, XXHASH64.</summary>
    public static string NameOf(ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Crc32 => "CRC32",
        ChecksumAlgorithm.Crc32C => "CRC32C",
        ChecksumAlgorithm.Crc64Nvme => "CRC64NVME",
        ChecksumAlgorithm.Sha1 => "SHA1",
        ChecksumAlgorithm.Sha512 => "SHA512",
        ChecksumAlgorithm.Md5 => "MD5",
        ChecksumAlgorithm.XxHash64 => "XXHASH64",
        ChecksumAlgorithm.XxHash3 => "XXHASH3",
        ChecksumAlgorithm.XxHash128 => "XXHASH128",
        _ => "SHA256",
    };

    /// <summary>The type's name in values: FULL_OBJECT, COMPOSITE.</summary>
    public static string NameOf(ChecksumType type) => type is ChecksumType.Composite ? "COMPOSITE" : "FULL_OBJECT";

    /// <summary>The algorithm of that name, as SDKs send it; null when S3 has none.</summary>
    public static ChecksumAlgorithm? Named(string name)
    {
        foreach (var algorithm in All)
        {
            if (string.Equals(NameOf(algorithm), name, StringComparison.OrdinalIgnoreCase))
            {
                return algorithm;
            }
        }

        return null;
    }

    /// <summary>The algorithm of a header or trailer field of that name; null when it is none of S3's.</summary>
    public static ChecksumAlgorithm? OfHeader(string header)
    {
        foreach (var algorithm in All)
        {
            if (string.Equals(HeaderOf(algorithm), header, StringComparison.OrdinalIgnoreCase))
            {
                return algorithm;
            }
        }

        return null;
    }

    /// <summary>How many bytes a value has.</summary>
    public static int LengthOf(ChecksumAlgorithm algorithm) => ChecksumHash.LengthOf(algorithm);

    /// <summary>The checksum of bytes in memory, big-endian.</summary>
    public static byte[] Compute(ChecksumAlgorithm algorithm, ReadOnlySpan<byte> data) => ChecksumHash.Compute(algorithm, data);
}
