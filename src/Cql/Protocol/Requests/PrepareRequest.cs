namespace S3Cassandra.Cql.Protocol.Requests;

/// <summary>
/// native_protocol_v5.spec, section 4.1.5: the statement as a [long string]; from v5 on always followed by an [int] of flags, of which 1
/// says that a keyspace follows.
/// </summary>
internal readonly record struct PrepareRequest(string Cql, string? Keyspace) : IReadableMessage<PrepareRequest>
{
    private const int WithKeyspace = 0x01;

    public Opcode Opcode => Opcode.Prepare;

    public void Write(PrimitiveWriter writer, ProtocolVersion version)
    {
        writer.LongString(Cql);
        if (version >= ProtocolVersion.V5)
        {
            writer.Int(Keyspace is null ? 0 : WithKeyspace);
            if (Keyspace is not null)
            {
                writer.String(Keyspace);
            }
        }
        else if (Keyspace is not null)
        {
            throw new NotSupportedException("A keyspace beside a statement needs protocol v5; in v4 write it before the table's name.");
        }
    }

    public static PrepareRequest Read(ref PrimitiveReader reader, ProtocolVersion version)
    {
        var cql = reader.LongString();
        return new(cql, version >= ProtocolVersion.V5 && (reader.Int() & WithKeyspace) != 0 ? reader.String() : null);
    }
}
