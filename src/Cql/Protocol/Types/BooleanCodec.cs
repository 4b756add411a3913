namespace S3Cassandra.Cql.Protocol.Types;

/// <summary>native_protocol_v5.spec, section 6, boolean: 1 byte, 0 for false, anything else for true.</summary>
internal readonly struct BooleanCodec : ICodec<bool>
{
    public static string TypeName => "boolean";

    public static void Write(PrimitiveWriter writer, bool value)
    {
        writer.Int(sizeof(byte));
        writer.Byte(value ? (byte)1 : (byte)0);
    }

    public static bool Read(ReadOnlySpan<byte> bytes) => ValueLength.Check(bytes, sizeof(byte), TypeName)[0] != 0;
}
