namespace S3Cassandra.Cql.Protocol.Responses;

/// <summary>
/// native_protocol_v5.spec, section 4.2.5.2, metadata: flags, count of columns, [paging state], [new metadata id], [keyspace and table],
/// columns.
/// </summary>
internal readonly record struct RowsMetadata
{
    public RowsFlags Flags { get; init; }

    public required int ColumnCount { get; init; }

    /// <summary>As many as <see cref="ColumnCount"/>; empty when the answer has none and the caller named none.</summary>
    public required ColumnSpec[] Columns { get; init; }

    /// <summary>Where the next page begins; null on the last page.</summary>
    public byte[]? PagingState { get; init; }

    /// <summary>v5, when the columns have changed since PREPARE: to be kept with <see cref="Columns"/> for the next EXECUTE.</summary>
    public byte[]? NewMetadataId { get; init; }

    public bool HasMorePages => PagingState is not null;

    /// <summary>Writes what the members say; of <see cref="Flags"/> only <see cref="RowsFlags.NoMetadata"/> is heeded.</summary>
    public void Write(PrimitiveWriter writer)
    {
        var withColumns = (Flags & RowsFlags.NoMetadata) == 0;
        var global = withColumns && ColumnSpecs.HaveOneTable(Columns);
        writer.Int((int)(
            (global ? RowsFlags.GlobalTableSpec : 0)
            | (PagingState is null ? 0 : RowsFlags.HasMorePages)
            | (withColumns ? 0 : RowsFlags.NoMetadata)
            | (NewMetadataId is null ? 0 : RowsFlags.MetadataChanged)));
        writer.Int(ColumnCount);
        if (PagingState is not null)
        {
            writer.Bytes(PagingState);
        }
        if (NewMetadataId is not null)
        {
            writer.ShortBytes(NewMetadataId);
        }
        if (withColumns)
        {
            ColumnSpecs.Write(writer, Columns, global);
        }
    }

    /// <param name="known">
    /// The columns that the caller expects, those of PREPARE: they stand for an answer's that has none, and are returned themselves
    /// when an answer's columns equal them, without an allocation. Null when the caller knows nothing.
    /// </param>
    /// <exception cref="CqlProtocolException">Malformed, or without columns where another number of them is known.</exception>
    public static RowsMetadata Read(ref PrimitiveReader reader, ProtocolVersion version, ColumnSpec[]? known)
    {
        var flags = (RowsFlags)reader.Int();
        var count = reader.Int();
        var pagingState = (flags & RowsFlags.HasMorePages) != 0 ? reader.NullableBytes() : null;
        if ((flags & RowsFlags.HasMorePages) != 0 && pagingState is null or [])
        {
            throw new CqlProtocolException("A result has more pages but no paging state to ask for them.");
        }
        var newId = version >= ProtocolVersion.V5 && (flags & RowsFlags.MetadataChanged) != 0 ? reader.ShortBytes().ToArray() : null;
        return new RowsMetadata
        {
            Flags = flags,
            ColumnCount = count,
            Columns = (flags & RowsFlags.NoMetadata) != 0
                ? Expected(known, count)
                : ColumnSpecs.Read(ref reader, count, (flags & RowsFlags.GlobalTableSpec) != 0, known),
            PagingState = pagingState,
            NewMetadataId = newId,
        };
    }

    private static ColumnSpec[] Expected(ColumnSpec[]? known, int count)
    {
        if (count < 0)
        {
            throw new CqlProtocolException($"A result has {count} columns.");
        }
        if (known is null)
        {
            return [];
        }
        return known.Length == count
            ? known
            : throw new CqlProtocolException(
                $"An answer without column specs has {count} columns, its statement was prepared with {known.Length}: the table was altered; prepare the statement again.");
    }
}
