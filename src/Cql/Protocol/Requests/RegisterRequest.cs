namespace S3Cassandra.Cql.Protocol.Requests;

/// <summary>native_protocol_v5.spec, section 4.1.8: a [string list] of event types, those of <c>EventResponse</c>; answered by READY.</summary>
internal readonly record struct RegisterRequest(IReadOnlyCollection<string> Events) : IReadableMessage<RegisterRequest>
{
    public Opcode Opcode => Opcode.Register;

    public void Write(PrimitiveWriter writer, ProtocolVersion version) => writer.StringList(Events);

    public static RegisterRequest Read(ref PrimitiveReader reader, ProtocolVersion version) => new(reader.StringList());
}
