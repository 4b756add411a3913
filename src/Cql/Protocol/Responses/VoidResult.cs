namespace S3Cassandra.Cql.Protocol.Responses;

/// <summary>native_protocol_v5.spec, section 4.2.5.1: nothing but the kind.</summary>
internal readonly record struct VoidResult : IReadableMessage<VoidResult>
{
    public Opcode Opcode => Opcode.Result;

    public void Write(PrimitiveWriter writer, ProtocolVersion version) => ResultKindCodec.Write(writer, ResultKind.Void);

    public static VoidResult Read(ref PrimitiveReader reader, ProtocolVersion version) => default;
}
