namespace S3Cassandra.Cql.Protocol.Requests;

/// <summary>native_protocol_v5.spec, section 4.1.4: the statement as a [long string] and its parameters.</summary>
internal readonly record struct QueryRequest(string Cql, QueryParameters Parameters) : IReadableMessage<QueryRequest>
{
    public Opcode Opcode => Opcode.Query;

    public void Write(PrimitiveWriter writer, ProtocolVersion version)
    {
        writer.LongString(Cql);
        Parameters.Write(writer, version);
    }

    public static QueryRequest Read(ref PrimitiveReader reader, ProtocolVersion version) =>
        new(reader.LongString(), QueryParameters.Read(ref reader, version));
}
