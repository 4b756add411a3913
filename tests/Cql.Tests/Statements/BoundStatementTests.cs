using S3Cassandra.Cql.Buffers;
using S3Cassandra.Cql.Cluster;
using S3Cassandra.Cql.Statements;

namespace S3Cassandra.Cql.Tests.Statements;

public class BoundStatementTests
{
    [Fact]
    public void Values_are_written_as_they_go_over_the_wire()
    {
        using var bound = Prepared([CqlTypeCode.Int, CqlTypeCode.Text, CqlTypeCode.Blob, CqlTypeCode.Bigint]).Bind();
        bound.Int(1).Text("ab").Null().Unset();
        Assert.Equal("00000004" + "00000001" + "00000002" + "6162" + "FFFFFFFF" + "FFFFFFFE", Convert.ToHexString(bound.Values.OwnSpan));
        Assert.Equal(4, bound.ValueCount);
    }

    [Fact]
    public void A_wrong_type_names_the_marker_its_type_and_what_was_given()
    {
        using var bound = Prepared([CqlTypeCode.Int, CqlTypeCode.Text]).Bind().Int(1);
        var error = Assert.Throws<ArgumentException>(() => bound.Bigint(2));
        Assert.Contains("Marker 1 (c1) is a text, but a bigint was given", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_and_too_few_values_are_refused()
    {
        using var bound = Prepared([CqlTypeCode.Int, CqlTypeCode.Int]).Bind().Int(1);
        Assert.Contains("Marker 1 (c1) of 2 has no value", Assert.Throws<InvalidOperationException>(bound.ThrowIfIncomplete).Message, StringComparison.Ordinal);
        bound.Int(2);
        bound.ThrowIfIncomplete();
        Assert.Throws<ArgumentException>(() => bound.Int(3));
    }

    [Fact]
    public void A_large_blob_is_named_and_a_small_one_copied()
    {
        var large = new byte[FrameBuffer.ByReferenceMinimum];
        using var bound = Prepared([CqlTypeCode.Blob, CqlTypeCode.Blob]).Bind().Blob(new byte[10]).Blob(large);
        Assert.Single(bound.Values.References.ToArray());
        Assert.Equal(4 + 10 + 4, bound.Values.OwnLength);
    }

    [Fact]
    public void A_single_component_is_the_routing_key_itself()
    {
        using var bound = Prepared([CqlTypeCode.Int, CqlTypeCode.Text], 1).Bind().Int(1).Text("hello");
        Assert.Equal(-3758069500696749310, Murmur3Partitioner.Token(KeyOf(bound)));
    }

    [Fact]
    public void Several_components_are_put_together_in_the_keys_order()
    {
        using var bound = Prepared([CqlTypeCode.Int, CqlTypeCode.Blob, CqlTypeCode.Text], 2, 0)
            .Bind().Int(7).Blob(new byte[FrameBuffer.ByReferenceMinimum]).Text("bucket");
        Assert.Equal("00066275636B65740000040000000700", Convert.ToHexString(KeyOf(bound)));
        Assert.Equal(1114320943855348808, Murmur3Partitioner.Token(KeyOf(bound)));
    }

    [Fact]
    public void A_large_blob_in_the_key_is_still_found()
    {
        var key = new byte[FrameBuffer.ByReferenceMinimum + 1];
        key[^1] = 9;
        using var bound = Prepared([CqlTypeCode.Blob], 0).Bind().Blob(key);
        Assert.Equal(key, KeyOf(bound));
    }

    [Fact]
    public void A_key_that_is_not_there_routes_nowhere()
    {
        using var bound = Prepared([CqlTypeCode.Int, CqlTypeCode.Int], 0, 1).Bind().Int(7).Null();
        Assert.Equal(0, bound.RoutingKeyLength);
    }

    [Fact]
    public void A_statement_comes_back_empty_from_the_pool()
    {
        var prepared = Prepared([CqlTypeCode.Int], 0);
        var first = prepared.Bind().Int(1);
        first.Consistency = Consistency.One;
        first.IsIdempotent = true;
        first.Dispose();
        first.Dispose();
        using var second = prepared.Bind();
        using var third = prepared.Bind();
        Assert.Same(first, second);
        Assert.NotSame(first, third);
        Assert.Equal(0, second.ValueCount);
        Assert.Null(second.Consistency);
        Assert.False(second.IsIdempotent);
        Assert.Equal(0, second.RoutingKeyLength);
    }

    [Fact]
    public void A_statement_that_was_given_back_takes_no_value()
    {
        var bound = Prepared([CqlTypeCode.Int]).Bind();
        bound.Dispose();
        Assert.Throws<ObjectDisposedException>(() => bound.Int(1));
    }

    [Fact]
    public void Reads_are_idempotent_writes_when_it_is_said_and_conditional_writes_never()
    {
        Assert.True(new SimpleStatement("SELECT a FROM t").IsIdempotent);
        Assert.False(new SimpleStatement("INSERT INTO t (a) VALUES (1)").IsIdempotent);
        Assert.True(new SimpleStatement("INSERT INTO t (a) VALUES (1)") { IsIdempotent = true }.IsIdempotent);
        Assert.False(new SimpleStatement("INSERT INTO t (a) VALUES (1) IF NOT EXISTS") { IsIdempotent = true }.IsIdempotent);
        Assert.False(new SimpleStatement("SELECT now() FROM t") { IsIdempotent = false }.IsIdempotent);
    }

    [Fact]
    public void A_batch_is_conditional_and_idempotent_as_its_statements_are()
    {
        using var batch = new BatchStatement(BatchType.Logged).Add(new SimpleStatement("DELETE FROM t WHERE k=1") { IsIdempotent = true });
        Assert.True(batch.IsIdempotent);
        batch.Add(new SimpleStatement("DELETE FROM t WHERE k=2"));
        Assert.False(batch.IsIdempotent);
        batch.IsIdempotent = true;
        Assert.True(batch.IsIdempotent);
        batch.Add(new SimpleStatement("DELETE FROM t WHERE k=3 IF EXISTS"));
        Assert.True(batch.IsConditional);
        Assert.False(batch.IsIdempotent);
        Assert.Throws<ArgumentException>(() => batch.Add(new SimpleStatement("SELECT a FROM t")));
    }

    [Fact]
    public void Elements_are_checked_against_the_collections_type()
    {
        var map = new CqlType(CqlTypeCode.Map, [CqlType.Scalar(CqlTypeCode.Uuid), CqlType.Scalar(CqlTypeCode.Bigint)]);
        var prepared = new PreparedStatement("INSERT", new byte[] { 1 }, [new ColumnSpec("ks", "t", "m", map)], [], new ResultMetadata(default, []));
        using var bound = prepared.Bind().Map([KeyValuePair.Create(Guid.Empty, 5L)]);
        Assert.Equal("0000002400000001" + "00000010" + new string('0', 32) + "000000080000000000000005", Convert.ToHexString(bound.Values.OwnSpan));
        using var wrong = prepared.Bind();
        Assert.Throws<ArgumentException>(() => wrong.Map([KeyValuePair.Create(Guid.Empty, 5)]));
        Assert.Throws<InvalidOperationException>(wrong.ThrowIfIncomplete);
    }

    [Theory]
    [InlineData("SELECT a FROM t", ProtocolVersion.V4, true)]
    [InlineData("SELECT * FROM t", ProtocolVersion.V4, false)]
    [InlineData("SELECT * FROM t", ProtocolVersion.V5, true)]
    [InlineData("UPDATE t SET a=1 WHERE k=1 IF a=2", ProtocolVersion.V5, false)]
    public void Columns_are_left_out_only_where_the_client_knows_them_for_sure(string cql, ProtocolVersion version, bool skip)
    {
        var prepared = new PreparedStatement(cql, new byte[] { 1 }, [], [], new ResultMetadata(default, [new ColumnSpec("ks", "t", "a", CqlType.Scalar(CqlTypeCode.Int))]));
        Assert.Equal(skip, prepared.MaySkipMetadata(version));
    }

    private static byte[] KeyOf(BoundStatement bound)
    {
        var key = new byte[bound.RoutingKeyLength];
        bound.WriteRoutingKey(key);
        return key;
    }

    private static PreparedStatement Prepared(CqlTypeCode[] types, params int[] key) => new(
        "INSERT INTO t",
        new byte[] { 1 },
        [.. types.Select((type, i) => new ColumnSpec("ks", "t", $"c{i}", CqlType.Scalar(type)))],
        key,
        new ResultMetadata(default, []));
}
