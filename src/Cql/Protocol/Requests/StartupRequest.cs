namespace S3Cassandra.Cql.Protocol.Requests;

/// <summary>native_protocol_v5.spec, section 4.1.1: a [string map] of options, of which CQL_VERSION is mandatory. Never in a segment.</summary>
internal readonly record struct StartupRequest(IReadOnlyCollection<KeyValuePair<string, string>> Options) : IReadableMessage<StartupRequest>
{
    public Opcode Opcode => Opcode.Startup;

    public void Write(PrimitiveWriter writer, ProtocolVersion version) => writer.StringMap(Options);

    public static StartupRequest Read(ref PrimitiveReader reader, ProtocolVersion version) => new(reader.StringMap());
}
