using S3Cassandra.Cql.Buffers;
using S3Cassandra.Cql.Protocol;
using S3Cassandra.Cql.Protocol.Responses;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Cql.Tests.FakeCassandra;

namespace S3Cassandra.Cql.Tests.Statements;

public class RowSetTests
{
    private static readonly ColumnSpec[] Columns =
    [
        FakeColumns.Of("id", CqlTypeCode.Int), FakeColumns.Of("name", CqlTypeCode.Text), FakeColumns.Of("body", CqlTypeCode.Blob),
    ];

    [Fact]
    public void Cells_are_read_in_any_order()
    {
        using var rows = Of([0, 0, 0, 1], "a"u8.ToArray(), [9], [0, 0, 0, 2], "b"u8.ToArray(), [8, 7]);
        Assert.True(rows.Read());
        Assert.Equal([9], rows.GetBlob(2).ToArray());
        Assert.Equal(1, rows.GetInt(0));
        Assert.Equal("a", rows.GetText(rows.IndexOf("name")));
        Assert.True(rows.Read());
        Assert.Equal(2, rows.GetInt(0));
        Assert.Equal([8, 7], rows.GetBlob(2).ToArray());
        Assert.False(rows.Read());
        Assert.False(rows.Read());
    }

    [Fact]
    public void A_null_is_told_from_an_empty_value()
    {
        using var rows = Of(null, [], []);
        Assert.True(rows.Read());
        Assert.True(rows.IsNull(0));
        Assert.False(rows.IsNull(1));
        Assert.Equal("", rows.GetText(1));
        Assert.True(rows.GetBlob(2).IsEmpty);
        Assert.Throws<InvalidOperationException>(() => rows.GetInt(0));
    }

    [Fact]
    public void A_blob_is_a_slice_of_the_answers_memory()
    {
        using var rows = Of([0, 0, 0, 1], null, [1, 2, 3]);
        Assert.True(rows.Read());
        Assert.True(System.Runtime.InteropServices.MemoryMarshal.TryGetArray(rows.GetBlob(2), out var first));
        Assert.True(System.Runtime.InteropServices.MemoryMarshal.TryGetArray(rows.GetBlob(2), out var second));
        Assert.Same(first.Array, second.Array);
    }

    [Fact]
    public void A_disposed_row_set_gives_nothing_more()
    {
        var rows = Of([0, 0, 0, 1], null, null);
        Assert.True(rows.Read());
        rows.Dispose();
        rows.Dispose();
        Assert.Throws<ObjectDisposedException>(() => rows.GetInt(0));
        Assert.Throws<ObjectDisposedException>(() => rows.Read());
    }

    [Fact]
    public void Misuse_is_said()
    {
        using var rows = Of([0, 0, 0, 1], null, null);
        Assert.Throws<InvalidOperationException>(() => rows.GetInt(0));
        Assert.True(rows.Read());
        Assert.Contains("is a int, not a text", Assert.Throws<InvalidOperationException>(() => rows.GetText(0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.GetInt(3));
        Assert.Contains("id, name, body", Assert.Throws<ArgumentException>(() => rows.IndexOf("nope")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cells_that_run_over_the_end_are_a_protocol_error()
    {
        var body = BufferPool.Rent(8);
        new byte[] { 0, 0, 0, 100, 1, 2, 3, 4 }.CopyTo(body.Span);
        using var rows = new RowSet(body, new RowsResult(new RowsMetadata { ColumnCount = 1, Columns = [Columns[0]] }, 1, 0), null);
        Assert.True(rows.Read());
        Assert.Throws<CqlProtocolException>(() => rows.GetInt(0));
    }

    [Fact]
    public void Rewound_rows_are_read_again()
    {
        using var rows = Of([0, 0, 0, 1], null, null, [0, 0, 0, 2], null, null);
        Assert.True(rows.Read());
        rows.Rewind();
        Assert.True(rows.Read());
        Assert.Equal(1, rows.GetInt(0));
        Assert.True(rows.Read());
        Assert.Equal(2, rows.GetInt(0));
    }

    private static RowSet Of(params byte[]?[] cells)
    {
        var buffer = new FrameBuffer();
        FakeReply.Rows(Columns, cells).Message!.Write(new PrimitiveWriter(buffer), ProtocolVersion.V4);
        var body = BufferPool.Rent(buffer.Length);
        buffer.OwnSpan.CopyTo(body.Span);
        var reader = new PrimitiveReader(body.Span);
        ResultKindCodec.Read(ref reader);
        return new RowSet(body, RowsResult.Read(ref reader, ProtocolVersion.V4), null);
    }
}
