using System.Buffers.Binary;

namespace S3Cassandra.Cql.Protocol.Types;

/// <summary>native_protocol_v5.spec, section 6, date: days in 4 bytes, unsigned, 2^31 being the first of January 1970.</summary>
internal readonly struct DateCodec : ICodec<DateOnly>
{
    private const long Epoch = 1L << 31;

    private static readonly int EpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    public static string TypeName => "date";

    public static void Write(PrimitiveWriter writer, DateOnly value)
    {
        writer.Int(sizeof(uint));
        writer.Int(unchecked((int)(value.DayNumber - EpochDay + Epoch)));
    }

    public static DateOnly Read(ReadOnlySpan<byte> bytes)
    {
        var day = BinaryPrimitives.ReadUInt32BigEndian(ValueLength.Check(bytes, sizeof(uint), TypeName)) - Epoch + EpochDay;
        return day >= DateOnly.MinValue.DayNumber && day <= DateOnly.MaxValue.DayNumber
            ? DateOnly.FromDayNumber((int)day)
            : throw new CqlProtocolException("A date lies outside the years 1 to 9999.");
    }
}
