using System.Buffers.Binary;
using System.IO.Hashing;
using System.Security.Cryptography;

namespace S3Cassandra.Storage.Checksums;

/// <summary>One of S3's checksums over bytes that come in pieces.</summary>
public sealed class RunningChecksum : IDisposable
{
    private readonly Crc32? _crc32;
    private readonly Crc64? _crc64;
    private readonly IncrementalHash? _hash;

    public RunningChecksum(ChecksumAlgorithm algorithm)
    {
        Algorithm = algorithm;
        switch (algorithm)
        {
            case ChecksumAlgorithm.Crc32:
                _crc32 = new Crc32();
                break;
            case ChecksumAlgorithm.Crc32C:
                _crc32 = new Crc32(Crc32ParameterSet.Crc32C);
                break;
            case ChecksumAlgorithm.Crc64Nvme:
                _crc64 = new Crc64(Crc64ParameterSet.Nvme);
                break;
            case ChecksumAlgorithm.Sha1:
                _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
                break;
            case ChecksumAlgorithm.Sha256:
                _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(algorithm));
        }
    }

    public ChecksumAlgorithm Algorithm { get; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _crc32?.Append(bytes);
        _crc64?.Append(bytes);
        _hash?.AppendData(bytes);
    }

    /// <summary>The value, big-endian.</summary>
    public byte[] GetValue()
    {
        var value = new byte[ChecksumHash.LengthOf(Algorithm)];
        if (_crc32 is not null)
        {
            BinaryPrimitives.WriteUInt32BigEndian(value, _crc32.GetCurrentHashAsUInt32());
        }
        else if (_crc64 is not null)
        {
            BinaryPrimitives.WriteUInt64BigEndian(value, _crc64.GetCurrentHashAsUInt64());
        }
        else
        {
            _hash!.GetCurrentHash(value);
        }

        return value;
    }

    public void Dispose() => _hash?.Dispose();
}
