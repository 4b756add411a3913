using System.Buffers.Binary;

namespace S3Cassandra.Cql.Protocol.Types;

/// <summary>native_protocol_v5.spec, section 6, time: nanoseconds since midnight in 8 bytes. Below 100 ns a <see cref="TimeOnly"/> has nothing: cut off.</summary>
internal readonly struct TimeCodec : ICodec<TimeOnly>
{
    private const long NanosecondsPerDay = 86_400_000_000_000;

    public static string TypeName => "time";

    public static void Write(PrimitiveWriter writer, TimeOnly value)
    {
        writer.Int(sizeof(long));
        writer.Long(value.Ticks * TimeSpan.NanosecondsPerTick);
    }

    public static TimeOnly Read(ReadOnlySpan<byte> bytes)
    {
        var nanoseconds = BinaryPrimitives.ReadInt64BigEndian(ValueLength.Check(bytes, sizeof(long), TypeName));
        return nanoseconds is >= 0 and < NanosecondsPerDay
            ? new TimeOnly(nanoseconds / TimeSpan.NanosecondsPerTick)
            : throw new CqlProtocolException($"A time of {nanoseconds} ns is not within a day.");
    }
}
