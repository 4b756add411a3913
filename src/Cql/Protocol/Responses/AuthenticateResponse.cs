namespace S3Cassandra.Cql.Protocol.Responses;

/// <summary>native_protocol_v5.spec, section 4.2.3: the full class name of the node's authenticator.</summary>
internal readonly record struct AuthenticateResponse(string Authenticator) : IReadableMessage<AuthenticateResponse>
{
    public Opcode Opcode => Opcode.Authenticate;

    public void Write(PrimitiveWriter writer, ProtocolVersion version) => writer.String(Authenticator);

    public static AuthenticateResponse Read(ref PrimitiveReader reader, ProtocolVersion version) => new(reader.String());
}
