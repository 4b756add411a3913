using System.Buffers.Binary;

namespace S3Cassandra.Cql.Protocol.Types;

/// <summary>native_protocol_v5.spec, section 6, smallint: 2 bytes, two's complement.</summary>
internal readonly struct SmallintCodec : ICodec<short>
{
    public static string TypeName => "smallint";

    public static void Write(PrimitiveWriter writer, short value)
    {
        writer.Int(sizeof(short));
        BinaryPrimitives.WriteInt16BigEndian(writer.Buffer.Take(sizeof(short)), value);
    }

    public static short Read(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt16BigEndian(ValueLength.Check(bytes, sizeof(short), TypeName));
}
