namespace S3Cassandra.Cql.Protocol.Requests;

/// <summary>native_protocol_v5.spec, section 4.1.3: an empty body; answered by SUPPORTED. Also the heartbeat.</summary>
internal readonly record struct OptionsRequest : IReadableMessage<OptionsRequest>
{
    public Opcode Opcode => Opcode.Options;

    public void Write(PrimitiveWriter writer, ProtocolVersion version)
    {
    }

    public static OptionsRequest Read(ref PrimitiveReader reader, ProtocolVersion version) => default;
}
