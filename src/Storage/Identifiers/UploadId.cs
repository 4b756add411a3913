using System.Buffers.Binary;
using System.Security.Cryptography;

namespace S3Cassandra.Storage.Identifiers;

/// <summary>
/// A multipart upload's id: 16 bytes that sort by the time of initiation (microseconds since 1970, big-endian) and end in 8 random ones.
/// As text 32 lower-case hexadecimal digits.
/// </summary>
public readonly record struct UploadId(UInt128 Value)
{
    public const int ByteLength = 16;

    public static UploadId New(DateTimeOffset initiated)
    {
        Span<byte> random = stackalloc byte[8];
        RandomNumberGenerator.Fill(random);
        var micros = (ulong)((initiated - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        return new UploadId(new UInt128(micros, BinaryPrimitives.ReadUInt64BigEndian(random)));
    }

    public static bool TryParse(ReadOnlySpan<char> text, out UploadId id)
    {
        id = default;
        if (text.Length != 32 || !HexDigits.AreAll(text))
        {
            return false;
        }

        id = new UploadId(UInt128.Parse(text, System.Globalization.NumberStyles.AllowHexSpecifier, null));
        return true;
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[ByteLength];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return bytes;
    }

    public static UploadId FromBytes(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    public override string ToString() => Value.ToString("x32", null);
}
