using S3Cassandra.Cql.Buffers;
using S3Cassandra.Cql.Protocol;
using S3Cassandra.Cql.Protocol.Responses;

namespace S3Cassandra.Cql.Tests.FakeCassandra;

/// <summary>What the fake node does about a request: answers, now or when a task ends, says nothing, or closes the connection.</summary>
internal sealed record FakeReply(IMessage? Message)
{
    /// <summary>Never any answer.</summary>
    public static FakeReply Silence { get; } = new((IMessage?)null);

    /// <summary>The connection ends.</summary>
    public static FakeReply Close { get; } = new((IMessage?)null) { Closes = true };

    public static FakeReply Void { get; } = new(new VoidResult());

    public bool Closes { get; init; }

    /// <summary>The answer waits for this.</summary>
    public Task After { get; init; } = Task.CompletedTask;

    public string[]? Warnings { get; init; }

    public static FakeReply Error(CqlErrorCode code, string message = "scripted") => new(new ErrorResponse { Code = code, Message = message });

    public static FakeReply Error(ErrorResponse error) => new(error);

    /// <summary>The answer to a conditional statement without its rows.</summary>
    public static FakeReply Applied(bool applied) => Rows([FakeColumns.Of("[applied]", CqlTypeCode.Boolean)], [[applied ? (byte)1 : (byte)0]]);

    /// <summary>Rows of cells, each its bytes or null, row after row.</summary>
    public static FakeReply Rows(ColumnSpec[] columns, params byte[]?[] cells) => Page(columns, pagingState: null, cells);

    public static FakeReply Page(ColumnSpec[] columns, byte[]? pagingState, params byte[]?[] cells)
    {
        var buffer = new FrameBuffer();
        var writer = new PrimitiveWriter(buffer);
        foreach (var cell in cells)
        {
            if (cell is null)
            {
                writer.Null();
            }
            else
            {
                writer.Bytes(cell.AsSpan());
            }
        }
        var metadata = new RowsMetadata { ColumnCount = columns.Length, Columns = columns, PagingState = pagingState };
        return new(new RowsResult(metadata, cells.Length / columns.Length, 0) { Cells = buffer });
    }
}
