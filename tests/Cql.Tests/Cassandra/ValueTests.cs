using System.Net;
using S3Cassandra.Cql.Protocol.Types;
using S3Cassandra.Cql.Statements;

namespace S3Cassandra.Cql.Tests.Cassandra;

[Collection(CassandraCollection.Name)]
public class ValueTests(KeyspaceFixture keyspace) : IClassFixture<KeyspaceFixture>
{
    private const string Columns = "i, b, s, t, f, x, y, u, tu, at, ip, li, se, ma, tup";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ProtocolVersion.V4)]
    [InlineData(ProtocolVersion.V5)]
    public async Task Every_type_comes_back_as_it_went(ProtocolVersion version)
    {
        var session = await keyspace.SessionAsync(version, Token);
        await session.RunAsync(
            $"""
            CREATE TABLE types{(int)version} (k int PRIMARY KEY, i int, b bigint, s smallint, t tinyint, f boolean, x text, y blob, u uuid, tu timeuuid,
              at timestamp, ip inet, li list<int>, se set<text>, ma map<uuid, bigint>, tup tuple<int, text>)
            """,
            Token);
        var insert = await session.PrepareAsync(
            $"INSERT INTO types{(int)version} (k, {Columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", Token);
        var uuid = Guid.NewGuid();
        var timeuuid = Guid.Parse("b54adc00-67f9-11d9-9669-0800200c9a66");
        var at = new DateTimeOffset(2026, 2, 28, 23, 59, 59, 999, TimeSpan.Zero);
        var blob = new byte[] { 0, 1, 254, 255 };
        var map = new Dictionary<Guid, long> { [uuid] = long.MinValue, [timeuuid] = long.MaxValue };
        await session.RunAsync(
            insert.Bind().Int(1).Int(int.MinValue).Bigint(long.MaxValue).Smallint(short.MinValue).Tinyint(sbyte.MinValue).Boolean(true)
                .Text("ключ 𐍈 \0").Blob(blob).Uuid(uuid).Uuid(timeuuid).Instant(at).Inet(IPAddress.Parse("2001:db8::1"))
                .Encode<ListCodec<IntCodec, int>, IReadOnlyList<int>>([3, 1, 3])
                .Encode<SetCodec<TextCodec, string>, IReadOnlyCollection<string>>(["b", "a"])
                .Encode<MapCodec<UuidCodec, Guid, BigintCodec, long>, IReadOnlyDictionary<Guid, long>>(map)
                .Encode<TupleCodec<IntCodec, int, TextCodec, string>, (int, string)>((7, "seven")),
            Token);

        using var rows = await session.ExecuteAsync(new SimpleStatement($"SELECT {Columns} FROM types{(int)version} WHERE k = 1"), Token);
        Assert.True(rows.Read());
        Assert.Equal(
            (int.MinValue, long.MaxValue, short.MinValue, sbyte.MinValue, true, "ключ 𐍈 \0"),
            (rows.GetInt(0), rows.GetBigint(1), rows.GetSmallint(2), rows.GetTinyint(3), rows.GetBoolean(4), rows.GetText(5)));
        Assert.Equal(blob, rows.GetBlob(6).ToArray());
        Assert.Equal((uuid, timeuuid, at), (rows.GetUuid(7), rows.GetUuid(8), rows.GetTimestamp(9)));
        Assert.Equal(IPAddress.Parse("2001:db8::1"), rows.GetInet(10));
        Assert.Equal([3, 1, 3], rows.Decode<ListCodec<IntCodec, int>, IReadOnlyList<int>>(11));
        Assert.Equal(["a", "b"], rows.Decode<SetCodec<TextCodec, string>, IReadOnlyCollection<string>>(12));
        Assert.Equal(map.OrderBy(entry => entry.Value), rows.Decode<MapCodec<UuidCodec, Guid, BigintCodec, long>, IReadOnlyDictionary<Guid, long>>(13).OrderBy(entry => entry.Value));
        Assert.Equal((7, "seven"), rows.Decode<TupleCodec<IntCodec, int, TextCodec, string>, (int, string)>(14));
        Assert.False(rows.Read());
    }

    [Theory]
    [InlineData(ProtocolVersion.V4)]
    [InlineData(ProtocolVersion.V5)]
    public async Task Null_deletes_and_unset_leaves_alone(ProtocolVersion version)
    {
        var session = await keyspace.SessionAsync(version, Token);
        var table = $"unset{(int)version}";
        await session.RunAsync($"CREATE TABLE {table} (k int PRIMARY KEY, a text, b text)", Token);
        var insert = await session.PrepareAsync($"INSERT INTO {table} (k, a, b) VALUES (?, ?, ?)", Token);
        await session.RunAsync(insert.Bind().Int(1).Text("a").Text("b"), Token);
        await session.RunAsync(insert.Bind().Int(1).Null().Unset(), Token);
        await session.RunAsync(insert.Bind().Int(2).Text("").Unset(), Token);

        var select = await session.PrepareAsync($"SELECT a, b, writetime(b) FROM {table} WHERE k = ?", Token);
        using var first = select.Bind().Int(1);
        using var rows = await session.ExecuteAsync(first, Token);
        Assert.True(rows.Read());
        Assert.True(rows.IsNull(0));
        Assert.Equal("b", rows.GetText(1));
        using var second = select.Bind().Int(2);
        using var others = await session.ExecuteAsync(second, Token);
        Assert.True(others.Read());
        Assert.Equal("", others.GetText(0));
        Assert.True(others.IsNull(1));
        Assert.Equal(CqlErrorCode.Invalid, (await Assert.ThrowsAsync<CqlServerException>(() => session.RunAsync(insert.Bind().Unset().Text("a").Text("b"), Token))).Code);
    }

    [Theory]
    [InlineData(ProtocolVersion.V4)]
    [InlineData(ProtocolVersion.V5)]
    public async Task A_client_timestamp_orders_writes(ProtocolVersion version)
    {
        var session = await keyspace.SessionAsync(version, Token);
        var table = $"stamps{(int)version}";
        await session.RunAsync($"CREATE TABLE {table} (k int PRIMARY KEY, a int)", Token);
        var insert = await session.PrepareAsync($"INSERT INTO {table} (k, a) VALUES (1, ?)", Token);
        var late = insert.Bind().Int(2);
        late.Timestamp = 2_000;
        await session.RunAsync(late, Token);
        var early = insert.Bind().Int(1);
        early.Timestamp = 1_000;
        await session.RunAsync(early, Token);
        using var rows = await session.ExecuteAsync(new SimpleStatement($"SELECT a, writetime(a) FROM {table}"), Token);
        Assert.True(rows.Read());
        Assert.Equal((2, 2_000L), (rows.GetInt(0), rows.GetBigint(1)));
    }

    [Theory]
    [InlineData(ProtocolVersion.V4, 0)]
    [InlineData(ProtocolVersion.V4, 512 * 1024)]
    [InlineData(ProtocolVersion.V4, 1024 * 1024)]
    [InlineData(ProtocolVersion.V5, 1)]
    [InlineData(ProtocolVersion.V5, 131_071)]
    [InlineData(ProtocolVersion.V5, 1024 * 1024)]
    public async Task Blobs_of_any_size_come_back(ProtocolVersion version, int size)
    {
        var session = await keyspace.SessionAsync(version, Token);
        await session.RunAsync("CREATE TABLE IF NOT EXISTS blobs (k int PRIMARY KEY, data blob)", Token);
        var insert = await session.PrepareAsync("INSERT INTO blobs (k, data) VALUES (?, ?)", Token);
        var select = await session.PrepareAsync("SELECT data FROM blobs WHERE k = ?", Token);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async key =>
        {
            var data = new byte[size];
            new Random(key).NextBytes(data);
            var write = insert.Bind().Int(key).Blob(data);
            write.Traffic = Traffic.Blob;
            await session.RunAsync(write, Token);
            using var read = select.Bind().Int(key);
            read.Traffic = Traffic.Blob;
            using var rows = await session.ExecuteAsync(read, Token);
            Assert.True(rows.Read());
            Assert.True(rows.GetBlob(0).Span.SequenceEqual(data));
        }));
    }
}
