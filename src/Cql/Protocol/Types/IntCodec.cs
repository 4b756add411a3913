using System.Buffers.Binary;

namespace S3Cassandra.Cql.Protocol.Types;

/// <summary>native_protocol_v5.spec, section 6, int: 4 bytes, two's complement.</summary>
internal readonly struct IntCodec : ICodec<int>
{
    public static string TypeName => "int";

    public static void Write(PrimitiveWriter writer, int value)
    {
        writer.Int(sizeof(int));
        writer.Int(value);
    }

    public static int Read(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt32BigEndian(ValueLength.Check(bytes, sizeof(int), TypeName));
}
