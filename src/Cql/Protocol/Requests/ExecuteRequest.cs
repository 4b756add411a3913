namespace S3Cassandra.Cql.Protocol.Requests;

/// <summary>
/// native_protocol_v5.spec, section 4.1.6: the prepared statement's id and the parameters; from v5 on with the id of the result's metadata
/// between them, by which the node finds out whether the client's column specs are still right.
/// </summary>
internal readonly record struct ExecuteRequest(ReadOnlyMemory<byte> Id, ReadOnlyMemory<byte> ResultMetadataId, QueryParameters Parameters)
    : IReadableMessage<ExecuteRequest>
{
    public Opcode Opcode => Opcode.Execute;

    public void Write(PrimitiveWriter writer, ProtocolVersion version)
    {
        writer.ShortBytes(Id.Span);
        if (version >= ProtocolVersion.V5)
        {
            writer.ShortBytes(ResultMetadataId.Span);
        }
        Parameters.Write(writer, version);
    }

    public static ExecuteRequest Read(ref PrimitiveReader reader, ProtocolVersion version) =>
        new(
            reader.ShortBytes().ToArray(),
            version >= ProtocolVersion.V5 ? reader.ShortBytes().ToArray() : default(ReadOnlyMemory<byte>),
            QueryParameters.Read(ref reader, version));
}
