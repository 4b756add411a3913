namespace S3Cassandra.Cql.Protocol.Responses;

/// <summary>native_protocol_v5.spec, section 4.2.5.5: what a schema statement has changed.</summary>
internal readonly record struct SchemaChangeResult(SchemaChangeEvent Change) : IReadableMessage<SchemaChangeResult>
{
    public Opcode Opcode => Opcode.Result;

    public void Write(PrimitiveWriter writer, ProtocolVersion version)
    {
        ResultKindCodec.Write(writer, ResultKind.SchemaChange);
        Change.Write(writer);
    }

    public static SchemaChangeResult Read(ref PrimitiveReader reader, ProtocolVersion version) => new(SchemaChangeEvent.Read(ref reader));
}
