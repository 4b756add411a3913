namespace S3Cassandra.Cql.Protocol.Responses;

/// <summary>native_protocol_v5.spec, section 4.2.2: an empty body; answers STARTUP where no password is asked for, and REGISTER.</summary>
internal readonly record struct ReadyResponse : IReadableMessage<ReadyResponse>
{
    public Opcode Opcode => Opcode.Ready;

    public void Write(PrimitiveWriter writer, ProtocolVersion version)
    {
    }

    public static ReadyResponse Read(ref PrimitiveReader reader, ProtocolVersion version) => default;
}
