namespace S3Cassandra.Cql.Protocol.Types;

/// <summary>native_protocol_v5.spec, section 6, tinyint: 1 byte, two's complement.</summary>
internal readonly struct TinyintCodec : ICodec<sbyte>
{
    public static string TypeName => "tinyint";

    public static void Write(PrimitiveWriter writer, sbyte value)
    {
        writer.Int(sizeof(sbyte));
        writer.Byte(unchecked((byte)value));
    }

    public static sbyte Read(ReadOnlySpan<byte> bytes) => unchecked((sbyte)ValueLength.Check(bytes, sizeof(sbyte), TypeName)[0]);
}
