using System.Buffers.Binary;

namespace S3Cassandra.Cql.Protocol.Types;

/// <summary>native_protocol_v5.spec, section 6, double: IEEE 754, 8 bytes.</summary>
internal readonly struct DoubleCodec : ICodec<double>
{
    public static string TypeName => "double";

    public static void Write(PrimitiveWriter writer, double value)
    {
        writer.Int(sizeof(double));
        BinaryPrimitives.WriteDoubleBigEndian(writer.Buffer.Take(sizeof(double)), value);
    }

    public static double Read(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadDoubleBigEndian(ValueLength.Check(bytes, sizeof(double), TypeName));
}
