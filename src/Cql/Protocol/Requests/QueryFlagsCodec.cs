namespace S3Cassandra.Cql.Protocol.Requests;

/// <summary>The width of <see cref="QueryFlags"/> by version. Names for values, a keyspace per request and now_in_seconds are not used by this client.</summary>
internal static class QueryFlagsCodec
{
    public const QueryFlags OfBatch = QueryFlags.SerialConsistency | QueryFlags.Timestamp;

    public const QueryFlags OfQuery = QueryFlags.Values | QueryFlags.SkipMetadata | QueryFlags.PageSize | QueryFlags.PagingState | OfBatch;

    public static void Write(PrimitiveWriter writer, ProtocolVersion version, QueryFlags flags)
    {
        if (version >= ProtocolVersion.V5)
        {
            writer.Int((int)flags);
        }
        else
        {
            writer.Byte((byte)flags);
        }
    }

    public static QueryFlags Read(ref PrimitiveReader reader, ProtocolVersion version, QueryFlags known)
    {
        var flags = (QueryFlags)(version >= ProtocolVersion.V5 ? reader.Int() : reader.Byte());
        return (flags & ~known) == 0 ? flags : throw new CqlProtocolException($"A request has the flags 0x{(int)flags:X}, of which some are not known.");
    }
}
