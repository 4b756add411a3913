using System.Buffers.Binary;

namespace S3Cassandra.Cql.Protocol;

/// <summary>
/// native_protocol_v4.spec, section 2: <c>version:u8 | flags:u8 | stream:i16 | opcode:u8 | length:i32</c>, big-endian, 9 bytes. The same
/// header opens v5's envelopes.
/// </summary>
internal readonly record struct FrameHeader(ProtocolVersion Version, bool IsResponse, FrameFlags Flags, short StreamId, Opcode Opcode, int BodyLength)
{
    public const int Size = 9;

    /// <summary>The bit of the version byte that tells a response from a request.</summary>
    public const byte ResponseBit = 0x80;

    private const int StreamIdAt = 2;
    private const int LengthAt = 5;

    public static FrameHeader Read(ReadOnlySpan<byte> source)
    {
        var header = new FrameHeader(
            (ProtocolVersion)(source[0] & ~ResponseBit),
            (source[0] & ResponseBit) != 0,
            (FrameFlags)source[1],
            BinaryPrimitives.ReadInt16BigEndian(source[StreamIdAt..]),
            (Opcode)source[4],
            BinaryPrimitives.ReadInt32BigEndian(source[LengthAt..]));
        return header.BodyLength >= 0 ? header : throw new CqlProtocolException($"A frame declares a body of {header.BodyLength} bytes.");
    }

    public void Write(Span<byte> destination)
    {
        destination[0] = (byte)((byte)Version | (IsResponse ? ResponseBit : 0));
        destination[1] = (byte)Flags;
        BinaryPrimitives.WriteInt16BigEndian(destination[StreamIdAt..], StreamId);
        destination[4] = (byte)Opcode;
        BinaryPrimitives.WriteInt32BigEndian(destination[LengthAt..], BodyLength);
    }

    /// <summary>Sets the stream id of a header already written.</summary>
    public static void WriteStreamId(Span<byte> header, short streamId) => BinaryPrimitives.WriteInt16BigEndian(header[StreamIdAt..], streamId);
}
