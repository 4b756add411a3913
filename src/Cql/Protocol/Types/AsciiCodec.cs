using System.Text;

namespace S3Cassandra.Cql.Protocol.Types;

/// <summary>native_protocol_v5.spec, section 6, ascii: bytes below 128.</summary>
internal readonly struct AsciiCodec : ICodec<string>
{
    public static string TypeName => "ascii";

    /// <exception cref="ArgumentException">The text is not ASCII: the node would refuse it.</exception>
    public static void Write(PrimitiveWriter writer, string value)
    {
        if (!Ascii.IsValid(value))
        {
            throw new ArgumentException("The text of an ascii value has other characters than ASCII's.", nameof(value));
        }
        writer.LongString(value);
    }

    public static string Read(ReadOnlySpan<byte> bytes) =>
        Ascii.IsValid(bytes) ? Encoding.ASCII.GetString(bytes) : throw new CqlProtocolException("A value of type ascii has a byte above 127.");
}
