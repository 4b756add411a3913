using System.Buffers.Binary;

namespace S3Cassandra.Cql.Protocol;

/// <summary>
/// native_protocol_v5.spec, section 2.2, uncompressed: 3 bytes, little-endian, of <c>length:17 | self-contained:1 | 0:6</c>, then their
/// CRC-24, little-endian too. After it the payload and its <see cref="SegmentCrc32"/>.
/// </summary>
/// <param name="IsSelfContained">True: whole envelopes, one or more. False: a piece of one large envelope, which goes over consecutive segments.</param>
internal readonly record struct SegmentHeader(int PayloadLength, bool IsSelfContained)
{
    public const int Size = 6;

    public const int MaxPayload = (1 << 17) - 1;

    private const int SelfContainedBit = 1 << 17;
    private const int KnownBits = MaxPayload | SelfContainedBit;
    private const int ProtectedBytes = Size - Crc24.Size;

    public void Write(Span<byte> destination)
    {
        if ((uint)PayloadLength > MaxPayload)
        {
            throw new InvalidOperationException($"A segment holds at most {MaxPayload} bytes, not {PayloadLength}.");
        }
        Write24(destination, PayloadLength | (IsSelfContained ? SelfContainedBit : 0));
        Write24(destination[ProtectedBytes..], Crc24.Compute(destination[..ProtectedBytes]));
    }

    /// <exception cref="CqlProtocolException">The header is not what was sent, or not that of an uncompressed segment.</exception>
    public static SegmentHeader Read(ReadOnlySpan<byte> source)
    {
        var computed = Crc24.Compute(source[..ProtectedBytes]);
        var sent = Read24(source[ProtectedBytes..]);
        if (computed != sent)
        {
            throw new CqlProtocolException($"A segment's header has the CRC-24 {computed:x6} where {sent:x6} was sent: it was damaged on the way.");
        }
        var bits = Read24(source);
        return (bits & ~KnownBits) == 0
            ? new(bits & MaxPayload, (bits & SelfContainedBit) != 0)
            : throw new CqlProtocolException($"A segment's header is {bits:x6}: bits are set that mean nothing.");
    }

    private static int Read24(ReadOnlySpan<byte> source) => BinaryPrimitives.ReadUInt16LittleEndian(source) | (source[2] << 16);

    private static void Write24(Span<byte> destination, int value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(destination, (ushort)value);
        destination[2] = (byte)(value >> 16);
    }
}
