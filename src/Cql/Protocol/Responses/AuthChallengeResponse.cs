namespace S3Cassandra.Cql.Protocol.Responses;

/// <summary>native_protocol_v5.spec, section 4.2.7: a SASL challenge, to be answered by AUTH_RESPONSE.</summary>
internal readonly record struct AuthChallengeResponse(byte[]? Token) : IReadableMessage<AuthChallengeResponse>
{
    public Opcode Opcode => Opcode.AuthChallenge;

    public void Write(PrimitiveWriter writer, ProtocolVersion version) => writer.NullableBytes(Token);

    public static AuthChallengeResponse Read(ref PrimitiveReader reader, ProtocolVersion version) => new(reader.NullableBytes());

    public override string ToString() => nameof(AuthChallengeResponse);
}
