namespace S3Cassandra.Cql.Protocol.Requests;

/// <summary>native_protocol_v5.spec, section 4.1.7. At most 65,535 statements.</summary>
internal readonly record struct BatchRequest(
    BatchType Type,
    IReadOnlyList<BatchEntry> Entries,
    Consistency Consistency,
    Consistency? SerialConsistency,
    long? Timestamp) : IReadableMessage<BatchRequest>
{
    public Opcode Opcode => Opcode.Batch;

    public void Write(PrimitiveWriter writer, ProtocolVersion version)
    {
        writer.Byte((byte)Type);
        writer.Short(checked((ushort)Entries.Count));
        for (var i = 0; i < Entries.Count; i++)
        {
            Entries[i].Write(writer);
        }
        writer.Consistency(Consistency);
        var flags = (SerialConsistency.HasValue ? QueryFlags.SerialConsistency : 0) | (Timestamp.HasValue ? QueryFlags.Timestamp : 0);
        QueryFlagsCodec.Write(writer, version, flags);
        if (SerialConsistency is { } serial)
        {
            writer.Consistency(serial);
        }
        if (Timestamp is { } timestamp)
        {
            writer.Long(timestamp);
        }
    }

    public static BatchRequest Read(ref PrimitiveReader reader, ProtocolVersion version)
    {
        var type = (BatchType)reader.Byte();
        var entries = new BatchEntry[reader.Count(reader.Short(), BatchEntry.Smallest)];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = BatchEntry.Read(ref reader);
        }
        var consistency = reader.Consistency();
        var flags = QueryFlagsCodec.Read(ref reader, version, QueryFlagsCodec.OfBatch);
        return new(
            type,
            entries,
            consistency,
            (flags & QueryFlags.SerialConsistency) != 0 ? reader.Consistency() : null,
            (flags & QueryFlags.Timestamp) != 0 ? reader.Long() : null);
    }
}
