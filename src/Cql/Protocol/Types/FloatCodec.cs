using System.Buffers.Binary;

namespace S3Cassandra.Cql.Protocol.Types;

/// <summary>native_protocol_v5.spec, section 6, float: IEEE 754, 4 bytes.</summary>
internal readonly struct FloatCodec : ICodec<float>
{
    public static string TypeName => "float";

    public static void Write(PrimitiveWriter writer, float value)
    {
        writer.Int(sizeof(float));
        BinaryPrimitives.WriteSingleBigEndian(writer.Buffer.Take(sizeof(float)), value);
    }

    public static float Read(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadSingleBigEndian(ValueLength.Check(bytes, sizeof(float), TypeName));
}
