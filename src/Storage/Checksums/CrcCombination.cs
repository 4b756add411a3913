using System.Buffers.Binary;

namespace S3Cassandra.Storage.Checksums;

/// <summary>
/// The CRC of two runs of bytes, one after the other, from the CRCs of each and the length of the second: what makes a FULL_OBJECT
/// checksum of a multipart upload out of its parts' without reading them. Polynomial arithmetic modulo the CRC's polynomial, as zlib's
/// crc32_combine does it; works for every CRC whose initial value and final complement are all ones, as the three of S3 are.
/// </summary>
/// <seealso href="https://github.com/madler/zlib/blob/master/crc32.c"/>
public sealed class CrcCombination
{
    private readonly ulong _polynomial;
    private readonly ulong _one;
    private long _length = -1;
    private ulong _shift;

    private CrcCombination(ulong polynomial, int width)
    {
        _polynomial = polynomial;
        _one = 1UL << (width - 1);
        Width = width;
    }

    /// <summary>Bits.</summary>
    public int Width { get; }

    /// <summary>For one thread; null where the algorithm is no CRC.</summary>
    public static CrcCombination? For(ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Crc32 => new CrcCombination(0xEDB88320, 32),
        ChecksumAlgorithm.Crc32C => new CrcCombination(0x82F63B78, 32),
        ChecksumAlgorithm.Crc64Nvme => new CrcCombination(0x9A6C9329AC4BC9B5, 64),
        _ => null,
    };

    /// <summary>The CRC of both runs. <paramref name="length"/> is that of the second, in bytes.</summary>
    public ulong Combine(ulong first, ulong second, long length)
    {
        if (length != _length)
        {
            // Parts are nearly all of one length: the power of x is worked out once for all of them.
            (_length, _shift) = (length, PowerOfX((ulong)length));
        }

        return Multiply(_shift, first) ^ second;
    }

    /// <summary>The value of a checksum, which is stored big-endian.</summary>
    public ulong Read(ReadOnlySpan<byte> value) =>
        Width == 32 ? BinaryPrimitives.ReadUInt32BigEndian(value) : BinaryPrimitives.ReadUInt64BigEndian(value);

    public byte[] Write(ulong crc)
    {
        var value = new byte[Width / 8];
        if (Width == 32)
        {
            BinaryPrimitives.WriteUInt32BigEndian(value, (uint)crc);
        }
        else
        {
            BinaryPrimitives.WriteUInt64BigEndian(value, crc);
        }

        return value;
    }

    /// <summary>x to the power of 8 times <paramref name="bytes"/>.</summary>
    private ulong PowerOfX(ulong bytes)
    {
        var power = _one;
        for (var square = _one >> 8; bytes != 0; bytes >>= 1)
        {
            if ((bytes & 1) != 0)
            {
                power = Multiply(square, power);
            }

            square = Multiply(square, square);
        }

        return power;
    }

    /// <summary>The product of two polynomials, bits reflected: the highest bit is the coefficient of 1.</summary>
    private ulong Multiply(ulong left, ulong right)
    {
        var product = 0UL;
        for (var bit = _one; bit != 0; bit >>= 1)
        {
            if ((left & bit) != 0)
            {
                product ^= right;
            }

            right = (right & 1) != 0 ? (right >> 1) ^ _polynomial : right >> 1;
        }

        return product;
    }
}
