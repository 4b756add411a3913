namespace S3Cassandra.Cql.Protocol.Requests;

/// <summary>
/// native_protocol_v5.spec, section 4.1.2: a SASL token as [bytes]. For PLAIN it is <c>00 user 00 password</c>: never to be logged, so
/// the token is kept out of <see cref="ToString"/>.
/// </summary>
internal readonly record struct AuthResponseRequest(ReadOnlyMemory<byte> Token) : IReadableMessage<AuthResponseRequest>
{
    public Opcode Opcode => Opcode.AuthResponse;

    public void Write(PrimitiveWriter writer, ProtocolVersion version) => writer.Bytes(Token.Span);

    public static AuthResponseRequest Read(ref PrimitiveReader reader, ProtocolVersion version) => new(reader.Bytes(out _).ToArray());

    public override string ToString() => nameof(AuthResponseRequest);
}
