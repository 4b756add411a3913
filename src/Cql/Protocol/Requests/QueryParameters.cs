using S3Cassandra.Cql.Buffers;

namespace S3Cassandra.Cql.Protocol.Requests;

/// <summary>
/// native_protocol_v5.spec, section 4.1.4, query_parameters: consistency, flags, then what the flags name, in the order of the members here.
/// </summary>
internal readonly record struct QueryParameters
{
    public required Consistency Consistency { get; init; }

    /// <summary>Values already encoded as [value]s, in the order of the markers; large ones by reference. Null for a statement without markers.</summary>
    public FrameBuffer? Values { get; init; }

    public int ValueCount { get; init; }

    /// <summary>Asks for rows without column specs: the caller knows them from PREPARE. Never for a conditional statement, whose columns vary.</summary>
    public bool SkipMetadata { get; init; }

    /// <summary>Rows per page; null for all rows in one answer.</summary>
    public int? PageSize { get; init; }

    /// <summary>Where the page begins, as an earlier answer of the same protocol version said; empty for the first.</summary>
    public ReadOnlyMemory<byte> PagingState { get; init; }

    /// <summary>SERIAL or LOCAL_SERIAL, for conditional statements.</summary>
    public Consistency? SerialConsistency { get; init; }

    /// <summary>Microseconds since the Unix epoch; conditional statements ignore it.</summary>
    public long? Timestamp { get; init; }

    private QueryFlags Flags =>
        (ValueCount > 0 ? QueryFlags.Values : 0)
        | (SkipMetadata ? QueryFlags.SkipMetadata : 0)
        | (PageSize.HasValue ? QueryFlags.PageSize : 0)
        | (PagingState.IsEmpty ? 0 : QueryFlags.PagingState)
        | (SerialConsistency.HasValue ? QueryFlags.SerialConsistency : 0)
        | (Timestamp.HasValue ? QueryFlags.Timestamp : 0);

    public void Write(PrimitiveWriter writer, ProtocolVersion version)
    {
        writer.Consistency(Consistency);
        QueryFlagsCodec.Write(writer, version, Flags);
        if (ValueCount > 0)
        {
            writer.Short(checked((ushort)ValueCount));
            writer.Buffer.Append(Values!);
        }
        if (PageSize is { } pageSize)
        {
            writer.Int(pageSize);
        }
        if (!PagingState.IsEmpty)
        {
            writer.Bytes(PagingState.Span);
        }
        if (SerialConsistency is { } serial)
        {
            writer.Consistency(serial);
        }
        if (Timestamp is { } timestamp)
        {
            writer.Long(timestamp);
        }
    }

    public static QueryParameters Read(ref PrimitiveReader reader, ProtocolVersion version)
    {
        var consistency = reader.Consistency();
        var flags = QueryFlagsCodec.Read(ref reader, version, QueryFlagsCodec.OfQuery);
        FrameBuffer? values = null;
        var count = 0;
        if ((flags & QueryFlags.Values) != 0)
        {
            count = reader.Short();
            values = BoundValues.Read(ref reader, count);
        }
        return new QueryParameters
        {
            Consistency = consistency,
            Values = values,
            ValueCount = count,
            SkipMetadata = (flags & QueryFlags.SkipMetadata) != 0,
            PageSize = (flags & QueryFlags.PageSize) != 0 ? reader.Int() : null,
            PagingState = (flags & QueryFlags.PagingState) != 0 ? reader.Bytes(out _).ToArray() : default(ReadOnlyMemory<byte>),
            SerialConsistency = (flags & QueryFlags.SerialConsistency) != 0 ? reader.Consistency() : null,
            Timestamp = (flags & QueryFlags.Timestamp) != 0 ? reader.Long() : null,
        };
    }
}
