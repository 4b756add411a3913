using System.Buffers.Binary;
using System.IO.Hashing;
using System.Security.Cryptography;
using S3Cassandra.Storage.Blobs;

namespace S3Cassandra.Storage.Checksums;

/// <summary>S3's checksums of bytes in memory.</summary>
public static class ChecksumHash
{
    /// <summary>How many bytes a value has.</summary>
    public static int LengthOf(ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Crc32 or ChecksumAlgorithm.Crc32C => 4,
        ChecksumAlgorithm.Crc64Nvme or ChecksumAlgorithm.XxHash64 or ChecksumAlgorithm.XxHash3 => 8,
        ChecksumAlgorithm.Md5 or ChecksumAlgorithm.XxHash128 => 16,
        ChecksumAlgorithm.Sha1 => SHA1.HashSizeInBytes,
        ChecksumAlgorithm.Sha512 => SHA512.HashSizeInBytes,
        _ => SHA256.HashSizeInBytes,
    };

    /// <summary>The checksum, big-endian.</summary>
    public static byte[] Compute(ChecksumAlgorithm algorithm, ReadOnlySpan<byte> data)
    {
        var value = new byte[LengthOf(algorithm)];
        switch (algorithm)
        {
            case ChecksumAlgorithm.Crc32:
                BinaryPrimitives.WriteUInt32BigEndian(value, Crc32.HashToUInt32(data));
                break;
            case ChecksumAlgorithm.Crc32C:
                BinaryPrimitives.WriteUInt32BigEndian(value, Crc32.HashToUInt32(Crc32ParameterSet.Crc32C, data));
                break;
            case ChecksumAlgorithm.Crc64Nvme:
                BinaryPrimitives.WriteUInt64BigEndian(value, Crc64Nvme.Hash(data));
                break;
            case ChecksumAlgorithm.Sha1:
                SHA1.HashData(data, value);
                break;
            case ChecksumAlgorithm.Sha512:
                SHA512.HashData(data, value);
                break;
            case ChecksumAlgorithm.Md5:
                MD5.HashData(data, value);
                break;
            case ChecksumAlgorithm.XxHash64:
                XxHash64.Hash(data, value);
                break;
            case ChecksumAlgorithm.XxHash3:
                XxHash3.Hash(data, value);
                break;
            case ChecksumAlgorithm.XxHash128:
                XxHash128.Hash(data, value);
                break;
            default:
                SHA256.HashData(data, value);
                break;
        }

        return value;
    }
}
