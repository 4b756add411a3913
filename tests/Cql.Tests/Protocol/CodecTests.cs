using System.Net;
using S3Cassandra.Cql.Buffers;
using S3Cassandra.Cql.Protocol;
using S3Cassandra.Cql.Protocol.Types;

namespace S3Cassandra.Cql.Tests.Protocol;

public class CodecTests
{
    private static readonly Guid Id = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff");
    private static readonly Guid TimeId = Guid.Parse("c232ab00-9414-11ec-b3c8-9f6bdeced846");

    [Fact]
    public void Numbers_are_big_endian_of_their_own_length()
    {
        Check<IntCodec, int>(-2, "00000004 FFFFFFFE");
        Check<BigintCodec, long>(1, "00000008 0000000000000001");
        Check<SmallintCodec, short>(-2, "00000002 FFFE");
        Check<TinyintCodec, sbyte>(-2, "00000001 FE");
        Check<FloatCodec, float>(1, "00000004 3F800000");
        Check<DoubleCodec, double>(1, "00000008 3FF0000000000000");
        Check<BooleanCodec, bool>(true, "00000001 01");
        Check<BooleanCodec, bool>(false, "00000001 00");
        Assert.True(BooleanCodec.Read([2]));
    }

    [Fact]
    public void Texts_and_blobs_are_their_bytes()
    {
        Check<TextCodec, string>("ä", "00000002 C3A4");
        Check<TextCodec, string>("", "00000000");
        Check<AsciiCodec, string>("a", "00000001 61");
        Assert.Throws<ArgumentException>(() => Write<AsciiCodec, string>("ä"));
        Assert.Equal(Wire.Bytes("00000002 0102"), Write<BlobCodec, ReadOnlyMemory<byte>>(new byte[] { 1, 2 }));
        Assert.Equal([1, 2], BlobCodec.Read([1, 2]).ToArray());
    }

    [Fact]
    public void Uuids_are_in_the_rfc_s_order()
    {
        Check<UuidCodec, Guid>(Id, "00000010 00112233445566778899AABBCCDDEEFF");
        Check<TimeuuidCodec, Guid>(TimeId, "00000010 C232AB00941411ECB3C89F6BDECED846");
        Assert.Throws<ArgumentException>(() => Write<TimeuuidCodec, Guid>(Id));
        Assert.Throws<CqlProtocolException>(() => TimeuuidCodec.Read(Id.ToByteArray(bigEndian: true)));
    }

    [Fact]
    public void Times_count_from_their_epochs()
    {
        Check<TimestampCodec, DateTimeOffset>(DateTimeOffset.UnixEpoch.AddMilliseconds(-1), "00000008 FFFFFFFFFFFFFFFF");
        Check<TimestampCodec, DateTimeOffset>(DateTimeOffset.UnixEpoch.AddSeconds(1), "00000008 00000000000003E8");
        Check<DateCodec, DateOnly>(new DateOnly(1970, 1, 1), "00000004 80000000");
        Check<DateCodec, DateOnly>(new DateOnly(1969, 12, 31), "00000004 7FFFFFFF");
        Check<TimeCodec, TimeOnly>(new TimeOnly(0, 0, 1), "00000008 000000003B9ACA00");
        Assert.Throws<CqlProtocolException>(() => TimestampCodec.Read(Wire.Bytes("7FFFFFFFFFFFFFFF")));
        Assert.Throws<CqlProtocolException>(() => DateCodec.Read(Wire.Bytes("FFFFFFFF")));
        Assert.Throws<CqlProtocolException>(() => TimeCodec.Read(Wire.Bytes("00004E94914F0000")));
    }

    [Fact]
    public void Addresses_have_four_bytes_or_sixteen()
    {
        Check<InetCodec, IPAddress>(IPAddress.Loopback, "00000004 7F000001");
        Check<InetCodec, IPAddress>(IPAddress.IPv6Loopback, "00000010 00000000000000000000000000000001");
    }

    [Fact]
    public void Collections_are_counted_and_their_elements_have_lengths()
    {
        Check<ListCodec<IntCodec, int>, IReadOnlyList<int>>([7, 8], "00000014 00000002 00000004 00000007 00000004 00000008");
        Check<SetCodec<TextCodec, string>, IReadOnlyCollection<string>>(["a"], "00000009 00000001 00000001 'a'");
        Check<MapCodec<UuidCodec, Guid, BigintCodec, long>, IReadOnlyDictionary<Guid, long>>(
            new Dictionary<Guid, long> { [Id] = 3 },
            "00000024 00000001 00000010 00112233445566778899AABBCCDDEEFF 00000008 0000000000000003");
        Check<ListCodec<ListCodec<TinyintCodec, sbyte>, IReadOnlyList<sbyte>>, IReadOnlyList<IReadOnlyList<sbyte>>>(
            [[1], []], "00000019 00000002 00000009 00000001 00000001 01 00000004 00000000");
    }

    [Fact]
    public void Tuples_have_nulls_and_may_be_short()
    {
        Check<TupleCodec<IntCodec, int, TextCodec, string>, (int First, string Second)>((7, "x"), "0000000D 00000004 00000007 00000001 'x'");
        Check<TripleCodec<IntCodec, int, NullableCodec<IntCodec, int>, int?, BooleanCodec, bool>, (int First, int? Second, bool Third)>(
            (7, null, true), "00000011 00000004 00000007 FFFFFFFF 00000001 01");
        var shorter = TupleCodec<IntCodec, int, NullableCodec<IntCodec, int>, int?>.Read(Wire.Bytes("00000004 00000007"));
        Assert.Equal((7, null), shorter);
        Assert.Throws<CqlProtocolException>(() => TupleCodec<IntCodec, int, IntCodec, int>.Read(Wire.Bytes("00000004 00000007 FFFFFFFF")));
    }

    [Fact]
    public void Large_elements_are_named_within_a_collection_too()
    {
        ReadOnlyMemory<byte> large = new byte[FrameBuffer.ByReferenceMinimum];
        var buffer = new FrameBuffer();
        ListCodec<BlobCodec, ReadOnlyMemory<byte>>.Write(new PrimitiveWriter(buffer), [large]);
        Assert.Equal(large, Assert.Single(buffer.References.ToArray()).Memory);
        Assert.Equal(Wire.Bytes("00004008 00000001 00004000"), buffer.OwnSpan.ToArray());
    }

    [Fact]
    public void Wrong_lengths_name_the_type()
    {
        CheckRefused<IntCodec, int>("000001", "int");
        CheckRefused<BigintCodec, long>("", "bigint");
        CheckRefused<SmallintCodec, short>("01", "smallint");
        CheckRefused<TinyintCodec, sbyte>("", "tinyint");
        CheckRefused<BooleanCodec, bool>("0000", "boolean");
        CheckRefused<FloatCodec, float>("00", "float");
        CheckRefused<DoubleCodec, double>("00", "double");
        CheckRefused<UuidCodec, Guid>("00", "uuid");
        CheckRefused<TimeuuidCodec, Guid>("00", "timeuuid");
        CheckRefused<TimestampCodec, DateTimeOffset>("00", "timestamp");
        CheckRefused<DateCodec, DateOnly>("00", "date");
        CheckRefused<TimeCodec, TimeOnly>("00", "time");
        CheckRefused<InetCodec, IPAddress>("0000000000", "inet");
        CheckRefused<AsciiCodec, string>("80", "ascii");
        CheckRefused<ListCodec<IntCodec, int>, IReadOnlyList<int>>("00000000 00", "list<int>");
        CheckRefused<MapCodec<IntCodec, int, TextCodec, string>, IReadOnlyDictionary<int, string>>("00000000 00", "map<int, text>");
    }

    [Theory]
    [InlineData("7FFFFFFF")]
    [InlineData("FFFFFFFF")]
    [InlineData("00000001 FFFFFFFF")]
    [InlineData("00000001 00000008 00000007")]
    public void A_collection_that_cannot_be_is_refused(string bytes) =>
        Assert.Throws<CqlProtocolException>(() => ListCodec<IntCodec, int>.Read(Wire.Bytes(bytes)));

    private static byte[] Write<TCodec, T>(T value)
        where TCodec : struct, ICodec<T>
    {
        var buffer = new FrameBuffer();
        TCodec.Write(new PrimitiveWriter(buffer), value);
        return Wire.Flat(buffer);
    }

    private static void Check<TCodec, T>(T value, string expected)
        where TCodec : struct, ICodec<T>
    {
        var written = Write<TCodec, T>(value);
        Assert.Equal(Convert.ToHexString(Wire.Bytes(expected)), Convert.ToHexString(written));
        Assert.Equal(value, TCodec.Read(written.AsSpan(sizeof(int))));
    }

    private static void CheckRefused<TCodec, T>(string bytes, string typeName)
        where TCodec : struct, ICodec<T>
    {
        var exception = Assert.Throws<CqlProtocolException>(() => TCodec.Read(Wire.Bytes(bytes)));
        Assert.Contains($"of type {typeName}", exception.Message, StringComparison.Ordinal);
    }
}
