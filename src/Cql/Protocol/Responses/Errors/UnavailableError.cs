namespace S3Cassandra.Cql.Protocol.Responses.Errors;

/// <summary>native_protocol_v5.spec, section 9, 0x1000: <c>consistency | required:i32 | alive:i32</c>. Too few replicas were up to begin with.</summary>
internal readonly record struct UnavailableError(Consistency Consistency, int Required, int Alive)
{
    public static UnavailableError Of(in ErrorResponse error) =>
        new(error.Consistency.GetValueOrDefault(), error.Required.GetValueOrDefault(), error.Alive.GetValueOrDefault());

    public ErrorResponse AddTo(in ErrorResponse error) => error with { Consistency = Consistency, Required = Required, Alive = Alive };

    public void Write(PrimitiveWriter writer)
    {
        writer.Consistency(Consistency);
        writer.Int(Required);
        writer.Int(Alive);
    }

    public static UnavailableError Read(ref PrimitiveReader reader) => new(reader.Consistency(), reader.Int(), reader.Int());
}
