using System.Buffers.Binary;
using System.IO.Hashing;
using System.Security.Cryptography;

namespace S3Cassandra.Storage.Checksums;

/// <summary>One of S3's checksums over bytes that come in pieces.</summary>
public sealed class RunningChecksum : IDisposable
{
    private readonly NonCryptographicHashAlgorithm? _sum;
    private readonly IncrementalHash? _hash;

    public RunningChecksum(ChecksumAlgorithm algorithm)
    {
        Algorithm = algorithm;
        _sum = algorithm switch
        {
            ChecksumAlgorithm.Crc32 => new Crc32(),
            ChecksumAlgorithm.Crc32C => new Crc32(Crc32ParameterSet.Crc32C),
            ChecksumAlgorithm.Crc64Nvme => new Crc64(Crc64ParameterSet.Nvme),
            ChecksumAlgorithm.XxHash64 => new XxHash64(),
            ChecksumAlgorithm.XxHash3 => new XxHash3(),
            ChecksumAlgorithm.XxHash128 => new XxHash128(),
            _ => null,
        };
        if (_sum is null)
        {
            _hash = IncrementalHash.CreateHash(algorithm switch
            {
                ChecksumAlgorithm.Sha1 => HashAlgorithmName.SHA1,
                ChecksumAlgorithm.Sha256 => HashAlgorithmName.SHA256,
                ChecksumAlgorithm.Sha512 => HashAlgorithmName.SHA512,
                ChecksumAlgorithm.Md5 => HashAlgorithmName.MD5,
                _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
            });
        }
    }

    public ChecksumAlgorithm Algorithm { get; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _sum?.Append(bytes);
        _hash?.AppendData(bytes);
    }

    /// <summary>The value, big-endian.</summary>
    public byte[] GetValue()
    {
        var value = new byte[ChecksumHash.LengthOf(Algorithm)];
        switch (_sum)
        {
            case Crc32 crc:
                // The class writes its bytes the other way round for reflected CRCs.
                BinaryPrimitives.WriteUInt32BigEndian(value, crc.GetCurrentHashAsUInt32());
                break;
            case Crc64 crc:
                BinaryPrimitives.WriteUInt64BigEndian(value, crc.GetCurrentHashAsUInt64());
                break;
            case null:
                _hash!.GetCurrentHash(value);
                break;
            default:
                _sum.GetCurrentHash(value);
                break;
        }

        return value;
    }

    public void Dispose() => _hash?.Dispose();
}
