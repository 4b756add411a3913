using System.Net;

namespace S3Cassandra.Cql.Protocol.Types;

/// <summary>native_protocol_v5.spec, section 6, inet: the 4 or 16 bytes of an address (unlike the notation [inet], without length and port).</summary>
internal readonly struct InetCodec : ICodec<IPAddress>
{
    private const int LengthOfV4 = 4;
    private const int LengthOfV6 = 16;

    public static string TypeName => "inet";

    public static void Write(PrimitiveWriter writer, IPAddress value)
    {
        Span<byte> bytes = stackalloc byte[LengthOfV6];
        value.TryWriteBytes(bytes, out var length);
        writer.Bytes(bytes[..length]);
    }

    public static IPAddress Read(ReadOnlySpan<byte> bytes) =>
        bytes.Length is LengthOfV4 or LengthOfV6 ? new IPAddress(bytes) : throw ValueLength.Of(bytes.Length, TypeName);
}
