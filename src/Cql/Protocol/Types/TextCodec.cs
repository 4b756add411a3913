namespace S3Cassandra.Cql.Protocol.Types;

/// <summary>native_protocol_v5.spec, section 6, text: UTF-8.</summary>
internal readonly struct TextCodec : ICodec<string>
{
    public static string TypeName => "text";

    public static void Write(PrimitiveWriter writer, string value) => writer.LongString(value);

    public static string Read(ReadOnlySpan<byte> bytes) => PrimitiveReader.Text(bytes);
}
