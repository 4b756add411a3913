namespace S3Cassandra.Cql.Protocol.Responses.Errors;

/// <summary>native_protocol_v5.spec, section 9, 0x2500: the id that the node does not know, as [short bytes].</summary>
internal readonly record struct UnpreparedError(byte[]? Id)
{
    public static UnpreparedError Of(in ErrorResponse error) => new(error.UnpreparedId);

    public ErrorResponse AddTo(in ErrorResponse error) => error with { UnpreparedId = Id };

    public void Write(PrimitiveWriter writer) => writer.ShortBytes(Id);

    public static UnpreparedError Read(ref PrimitiveReader reader) => new(reader.ShortBytes().ToArray());
}
