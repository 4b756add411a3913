using System.Buffers.Binary;

namespace S3Cassandra.Cql.Protocol.Types;

/// <summary>
/// native_protocol_v5.spec, section 6, timestamp: milliseconds since the Unix epoch in 8 bytes. What is finer than a millisecond is cut
/// off, towards the past.
/// </summary>
internal readonly struct TimestampCodec : ICodec<DateTimeOffset>
{
    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public static string TypeName => "timestamp";

    public static void Write(PrimitiveWriter writer, DateTimeOffset value)
    {
        writer.Int(sizeof(long));
        writer.Long(value.ToUnixTimeMilliseconds());
    }

    public static DateTimeOffset Read(ReadOnlySpan<byte> bytes)
    {
        var milliseconds = BinaryPrimitives.ReadInt64BigEndian(ValueLength.Check(bytes, sizeof(long), TypeName));
        return milliseconds >= Earliest && milliseconds <= Latest
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : throw new CqlProtocolException($"A timestamp of {milliseconds} ms lies outside the years 1 to 9999.");
    }
}
