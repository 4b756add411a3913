namespace S3Cassandra.Cql.Protocol.Responses;

/// <summary>
/// native_protocol_v5.spec, section 4.2.6: an event that REGISTER asked for, on stream -1. One of the three is set; none for a type of
/// event that this client does not know.
/// </summary>
internal readonly record struct EventResponse : IReadableMessage<EventResponse>
{
    public const string TopologyChange = "TOPOLOGY_CHANGE";
    public const string StatusChange = "STATUS_CHANGE";
    public const string SchemaChange = "SCHEMA_CHANGE";

    public required string Type { get; init; }

    public TopologyChangeEvent? Topology { get; init; }

    public StatusChangeEvent? Status { get; init; }

    public SchemaChangeEvent? Schema { get; init; }

    public Opcode Opcode => Opcode.Event;

    public void Write(PrimitiveWriter writer, ProtocolVersion version)
    {
        writer.String(Type);
        Topology?.Write(writer);
        Status?.Write(writer);
        Schema?.Write(writer);
    }

    public static EventResponse Read(ref PrimitiveReader reader, ProtocolVersion version)
    {
        var type = reader.Name();
        return type switch
        {
            TopologyChange => new EventResponse { Type = type, Topology = TopologyChangeEvent.Read(ref reader) },
            StatusChange => new EventResponse { Type = type, Status = StatusChangeEvent.Read(ref reader) },
            SchemaChange => new EventResponse { Type = type, Schema = SchemaChangeEvent.Read(ref reader) },
            _ => new EventResponse { Type = type },
        };
    }
}
