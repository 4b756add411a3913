namespace S3Cassandra.Cql.Protocol.Responses;

/// <summary>native_protocol_v5.spec, section 4.2.5.3: the keyspace that USE has set.</summary>
internal readonly record struct SetKeyspaceResult(string Keyspace) : IReadableMessage<SetKeyspaceResult>
{
    public Opcode Opcode => Opcode.Result;

    public void Write(PrimitiveWriter writer, ProtocolVersion version)
    {
        ResultKindCodec.Write(writer, ResultKind.SetKeyspace);
        writer.String(Keyspace);
    }

    public static SetKeyspaceResult Read(ref PrimitiveReader reader, ProtocolVersion version) => new(reader.Name());
}
