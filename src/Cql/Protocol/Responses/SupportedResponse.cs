namespace S3Cassandra.Cql.Protocol.Responses;

/// <summary>native_protocol_v5.spec, section 4.2.4: a [string multimap] of what STARTUP's options may be.</summary>
internal readonly record struct SupportedResponse(IReadOnlyList<KeyValuePair<string, string[]>> Options) : IReadableMessage<SupportedResponse>
{
    public Opcode Opcode => Opcode.Supported;

    public void Write(PrimitiveWriter writer, ProtocolVersion version)
    {
        writer.Short(checked((ushort)Options.Count));
        foreach (var (option, values) in Options)
        {
            writer.String(option);
            writer.StringList(values);
        }
    }

    public static SupportedResponse Read(ref PrimitiveReader reader, ProtocolVersion version) => new(reader.StringMultimap());
}
