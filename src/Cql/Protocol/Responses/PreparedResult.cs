namespace S3Cassandra.Cql.Protocol.Responses;

/// <summary>
/// native_protocol_v5.spec, section 4.2.5.4: the statement's id, from v5 on the id of its result's metadata, its markers, and the columns
/// of its result. A conditional statement's result has no columns here: they vary by execution.
/// </summary>
internal readonly record struct PreparedResult : IReadableMessage<PreparedResult>
{
    public required byte[] Id { get; init; }

    /// <summary>Empty in v4.</summary>
    public required byte[] ResultMetadataId { get; init; }

    public required ColumnSpec[] Parameters { get; init; }

    /// <summary>For each component of the partition key, in order, the marker that binds it; empty when the markers do not bind all of them.</summary>
    public required ushort[] PartitionKeyIndexes { get; init; }

    public required RowsMetadata ResultMetadata { get; init; }

    public Opcode Opcode => Opcode.Result;

    public void Write(PrimitiveWriter writer, ProtocolVersion version)
    {
        ResultKindCodec.Write(writer, ResultKind.Prepared);
        writer.ShortBytes(Id);
        if (version >= ProtocolVersion.V5)
        {
            writer.ShortBytes(ResultMetadataId);
        }
        var global = ColumnSpecs.HaveOneTable(Parameters);
        writer.Int((int)(global ? RowsFlags.GlobalTableSpec : RowsFlags.None));
        writer.Int(Parameters.Length);
        writer.Int(PartitionKeyIndexes.Length);
        foreach (var index in PartitionKeyIndexes)
        {
            writer.Short(index);
        }
        ColumnSpecs.Write(writer, Parameters, global);
        ResultMetadata.Write(writer);
    }

    public static PreparedResult Read(ref PrimitiveReader reader, ProtocolVersion version)
    {
        var id = reader.ShortBytes().ToArray();
        var metadataId = version >= ProtocolVersion.V5 ? reader.ShortBytes().ToArray() : [];
        var flags = (RowsFlags)reader.Int();
        var count = reader.Int();
        var indexes = ReadIndexes(ref reader, count);
        return new PreparedResult
        {
            Id = id,
            ResultMetadataId = metadataId,
            PartitionKeyIndexes = indexes,
            Parameters = ColumnSpecs.Read(ref reader, count, (flags & RowsFlags.GlobalTableSpec) != 0, known: null),
            ResultMetadata = RowsMetadata.Read(ref reader, version, known: null),
        };
    }

    private static ushort[] ReadIndexes(ref PrimitiveReader reader, int parameters)
    {
        var indexes = new ushort[reader.Count(reader.Int(), sizeof(ushort))];
        for (var i = 0; i < indexes.Length; i++)
        {
            indexes[i] = reader.Short();
            if (indexes[i] >= parameters)
            {
                throw new CqlProtocolException($"A part of the partition key is marker {indexes[i]} of {parameters}.");
            }
        }
        return indexes;
    }
}
