namespace S3Cassandra.Cql.Protocol.Types;

/// <summary>native_protocol_v5.spec, section 6, uuid: 16 bytes in RFC 4122's order, which is not that of <see cref="Guid.ToByteArray()"/>.</summary>
internal readonly struct UuidCodec : ICodec<Guid>
{
    public const int Size = 16;

    public static string TypeName => "uuid";

    public static void Write(PrimitiveWriter writer, Guid value)
    {
        writer.Int(Size);
        writer.Uuid(value);
    }

    public static Guid Read(ReadOnlySpan<byte> bytes) => new(ValueLength.Check(bytes, Size, TypeName), bigEndian: true);
}
