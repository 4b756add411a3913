using S3Cassandra.Cql.Buffers;

namespace S3Cassandra.Cql.Protocol.Responses;

/// <summary>
/// native_protocol_v5.spec, section 4.2.5.2: metadata, count of rows, then each row's cells as [bytes], row after row. The cells are not
/// read here: from <paramref name="RowsAt"/> on, they are <c>RowCount × ColumnCount</c> times <see cref="PrimitiveReader.Bytes"/>.
/// </summary>
/// <param name="RowsAt">Where the first row begins, counted from the beginning of what the reader was made over.</param>
internal readonly record struct RowsResult(RowsMetadata Metadata, int RowCount, int RowsAt) : IReadableMessage<RowsResult>
{
    public Opcode Opcode => Opcode.Result;

    /// <summary>For writing only: the cells as [bytes].</summary>
    public FrameBuffer? Cells { get; init; }

    public void Write(PrimitiveWriter writer, ProtocolVersion version)
    {
        ResultKindCodec.Write(writer, ResultKind.Rows);
        Metadata.Write(writer);
        writer.Int(RowCount);
        if (Cells is not null)
        {
            writer.Buffer.Append(Cells);
        }
    }

    public static RowsResult Read(ref PrimitiveReader reader, ProtocolVersion version) => Read(ref reader, version, known: null);

    /// <param name="known">The columns that the caller knows from PREPARE, see <see cref="RowsMetadata.Read"/>.</param>
    public static RowsResult Read(ref PrimitiveReader reader, ProtocolVersion version, ColumnSpec[]? known)
    {
        var metadata = RowsMetadata.Read(ref reader, version, known);
        var rows = reader.Int();
        if (metadata.ColumnCount == 0 && rows != 0)
        {
            throw new CqlProtocolException($"A result has {rows} rows of no columns.");
        }
        if (rows < 0 || (long)rows * metadata.ColumnCount > reader.Remaining / sizeof(int))
        {
            throw new CqlProtocolException($"A result has {rows} rows of {metadata.ColumnCount} columns in {reader.Remaining} bytes.");
        }
        return new(metadata, rows, reader.Position);
    }
}
