using S3Cassandra.Cql.Protocol;
using S3Cassandra.Cql.Protocol.Responses;

namespace S3Cassandra.Cql.Tests.Protocol;

public class RowsTests
{
    private static readonly ColumnSpec[] Columns =
    [
        new("ks", "t", "id", CqlType.Scalar(CqlTypeCode.Uuid)),
        new("ks", "t", "m", new(CqlTypeCode.Map, [CqlType.Scalar(CqlTypeCode.Text), new(CqlTypeCode.List, [CqlType.Scalar(CqlTypeCode.Int)])])),
    ];

    private const string ColumnBytes = "0002 'ks' 0001 't' 0002 'id' 000C 0001 'm' 0021 000D 0020 0009";

    [Fact]
    public void Rows_have_metadata_a_count_and_cells()
    {
        var rows = new RowsResult(new() { ColumnCount = 2, Columns = Columns }, 1, 0) { Cells = Wire.Buffer("00000001 07 FFFFFFFF") };
        var notation = $"00000002 00000001 00000002 {ColumnBytes} 00000001 00000001 07 FFFFFFFF";
        var read = Wire.Check(notation, rows, ProtocolVersion.V4);
        Assert.Equal(Columns, read.Metadata.Columns);
        Assert.Equal("map<text, list<int>>", read.Metadata.Columns[1].Type.ToString());
        Assert.Equal(1, read.RowCount);
        Assert.False(read.Metadata.HasMorePages);

        var cells = new PrimitiveReader(Wire.Bytes(notation).AsSpan(read.RowsAt));
        Assert.Equal([7], cells.Bytes(out var isNull).ToArray());
        Assert.False(isNull);
        cells.Bytes(out isNull);
        Assert.True(isNull);
        Assert.Equal(0, cells.Remaining);
    }

    [Fact]
    public void A_page_names_the_next_and_v5_the_new_metadata()
    {
        var metadata = new RowsMetadata { ColumnCount = 1, Columns = [Columns[0]], PagingState = [1, 2], NewMetadataId = [9] };
        var read = Wire.Check(
            "00000002 0000000B 00000001 00000002 0102 0001 09 0002 'ks' 0001 't' 0002 'id' 000C 00000000",
            new RowsResult(metadata, 0, 0),
            ProtocolVersion.V5);
        Assert.Equal([1, 2], read.Metadata.PagingState!);
        Assert.Equal([9], read.Metadata.NewMetadataId!);
    }

    [Fact]
    public void Rows_without_metadata_take_the_columns_that_are_known()
    {
        var notation = "00000002 00000004 00000002 00000000";
        var read = Wire.Check(notation, new RowsResult(new() { ColumnCount = 2, Columns = [], Flags = RowsFlags.NoMetadata }, 0, 0), ProtocolVersion.V4);
        Assert.Equal(2, read.Metadata.ColumnCount);
        Assert.Empty(read.Metadata.Columns);
        Assert.Same(Columns, ReadRows(notation, Columns).Metadata.Columns);
        Assert.Throws<CqlProtocolException>(() => ReadRows(notation, [Columns[0]]));
    }

    [Fact]
    public void Columns_that_are_as_known_are_the_known_ones_and_cost_nothing()
    {
        var notation = $"00000002 00000001 00000002 {ColumnBytes} 00000000";
        Assert.Same(Columns, ReadRows(notation, Columns).Metadata.Columns);
        ColumnSpec[] other = [Columns[0], Columns[1] with { Name = "n" }];
        Assert.Equal(Columns, ReadRows(notation, other).Metadata.Columns);

        ColumnSpec[] applied = [new("ks", "t", "[applied]", CqlType.Scalar(CqlTypeCode.Boolean))];
        var answer = Wire.Bytes("00000002 00000001 00000001 0002 'ks' 0001 't' 0009 '[applied]' 0004 00000001 00000001 01");
        Assert.Same(applied, Read(answer, applied).Metadata.Columns);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Read(answer, applied);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Columns_of_two_tables_have_their_table_each()
    {
        ColumnSpec[] columns = [Columns[0], new("ks", "u", "b", CqlType.Scalar(CqlTypeCode.Blob))];
        Wire.Check(
            "00000002 00000000 00000002 0002 'ks' 0001 't' 0002 'id' 000C 0002 'ks' 0001 'u' 0001 'b' 0003 00000000",
            new RowsResult(new() { ColumnCount = 2, Columns = columns }, 0, 0),
            ProtocolVersion.V4);
    }

    [Theory]
    [InlineData("0000 000A 'o.a.c.Type'", "o.a.c.Type")]
    [InlineData("0022 000F", "set<timeuuid>")]
    [InlineData("0031 0002 0010 0013", "tuple<inet, smallint>")]
    [InlineData("0030 0002 'ks' 0001 'u' 0001 0001 'f' 0014", "ks.u<tinyint>")]
    public void Every_kind_of_type_is_read(string type, string expected) =>
        Assert.Equal(expected, ReadRows($"00000002 00000001 00000001 0001 'k' 0001 't' 0001 'c' {type} 00000000").Metadata.Columns[0].Type.ToString());

    [Fact]
    public void Types_nested_without_end_are_refused()
    {
        var nested = string.Concat(Enumerable.Repeat("0020", 100_000));
        Assert.Throws<CqlProtocolException>(() => ReadRows($"00000002 00000001 00000001 0001 'k' 0001 't' 0001 'c' {nested}"));
    }

    [Theory]
    [InlineData("00000002 00000004 7FFFFFFF 7FFFFFFF")]
    [InlineData("00000002 00000004 80000000 00000000")]
    [InlineData("00000002 00000004 00000000 7FFFFFFF")]
    [InlineData("00000002 00000004 00000001 FFFFFFFF")]
    [InlineData("00000002 00000004 00000001 00000002 00000000")]
    [InlineData("00000002 00000000 7FFFFFFF 00000000")]
    [InlineData("00000002 00000006 00000001 FFFFFFFF 00000000")]
    [InlineData("00000002 00000006 00000001 00000000 00000000")]
    [InlineData("00000002 00000001 00000001 0001 'k' 0001 't' 0001 'c' 0077 00000000")]
    public void Rows_that_cannot_be_are_refused(string body) => Assert.Throws<CqlProtocolException>(() => ReadRows(body));

    [Theory]
    [InlineData(ProtocolVersion.V4, "")]
    [InlineData(ProtocolVersion.V5, "0002 0A0B")]
    public void Prepared_has_ids_markers_the_partition_key_and_columns(ProtocolVersion version, string metadataId)
    {
        var prepared = new PreparedResult
        {
            Id = [1, 2, 3],
            ResultMetadataId = [0x0A, 0x0B],
            Parameters = Columns,
            PartitionKeyIndexes = [1, 0],
            ResultMetadata = new() { ColumnCount = 0, Columns = [], Flags = RowsFlags.NoMetadata },
        };
        var read = Wire.Check(
            $"00000004 0003 010203 {metadataId} 00000001 00000002 00000002 0001 0000 {ColumnBytes} 00000004 00000000", prepared, version);
        Assert.Equal(Columns, read.Parameters);
        Assert.Equal([1, 0], read.PartitionKeyIndexes);
    }

    [Fact]
    public void A_partition_key_index_beyond_the_markers_is_refused() =>
        Assert.Throws<CqlProtocolException>(() => Wire.Read<PreparedResult>(
            Wire.Bytes($"00000004 0001 01 00000001 00000002 00000001 0002 {ColumnBytes} 00000004 00000000"), ProtocolVersion.V4, out _));

    private static RowsResult ReadRows(string notation, ColumnSpec[]? known = null) => Read(Wire.Bytes(notation), known);

    private static RowsResult Read(byte[] body, ColumnSpec[]? known)
    {
        var reader = new PrimitiveReader(body);
        ResultKindCodec.Read(ref reader);
        return RowsResult.Read(ref reader, ProtocolVersion.V4, known);
    }
}
