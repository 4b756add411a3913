namespace S3Cassandra.Cql.Protocol.Responses.Errors;

/// <summary>native_protocol_v5.spec, section 9, 0x2400: <c>keyspace:string | table:string</c>; no table: the keyspace itself exists.</summary>
internal readonly record struct AlreadyExistsError(string Keyspace, string Table)
{
    public static AlreadyExistsError Of(in ErrorResponse error) => new(error.Keyspace ?? "", error.Name ?? "");

    public ErrorResponse AddTo(in ErrorResponse error) => error with { Keyspace = Keyspace, Name = Table };

    public void Write(PrimitiveWriter writer)
    {
        writer.String(Keyspace);
        writer.String(Table);
    }

    public static AlreadyExistsError Read(ref PrimitiveReader reader) => new(reader.String(), reader.String());
}
