using System.Buffers.Binary;

namespace S3Cassandra.Cql.Protocol.Types;

/// <summary>native_protocol_v5.spec, section 6, bigint: 8 bytes, two's complement; counters too.</summary>
internal readonly struct BigintCodec : ICodec<long>
{
    public static string TypeName => "bigint";

    public static void Write(PrimitiveWriter writer, long value)
    {
        writer.Int(sizeof(long));
        writer.Long(value);
    }

    public static long Read(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt64BigEndian(ValueLength.Check(bytes, sizeof(long), TypeName));
}
