namespace S3Cassandra.Cql.Protocol.Responses;

/// <summary>native_protocol_v5.spec, section 4.2.8: authentication has succeeded; the SASL token that ends it, null as a rule.</summary>
internal readonly record struct AuthSuccessResponse(byte[]? Token) : IReadableMessage<AuthSuccessResponse>
{
    public Opcode Opcode => Opcode.AuthSuccess;

    public void Write(PrimitiveWriter writer, ProtocolVersion version) => writer.NullableBytes(Token);

    public static AuthSuccessResponse Read(ref PrimitiveReader reader, ProtocolVersion version) => new(reader.NullableBytes());

    public override string ToString() => nameof(AuthSuccessResponse);
}
