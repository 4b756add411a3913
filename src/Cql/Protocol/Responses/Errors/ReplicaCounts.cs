namespace S3Cassandra.Cql.Protocol.Responses.Errors;

/// <summary>native_protocol_v5.spec, section 9: how timeouts and failures begin, <c>consistency | received:i32 | blockfor:i32</c>.</summary>
/// <param name="Received">Replicas that answered.</param>
/// <param name="Required">Replicas whose answers the consistency needs.</param>
internal readonly record struct ReplicaCounts(Consistency Consistency, int Received, int Required)
{
    public static ReplicaCounts Of(in ErrorResponse error) =>
        new(error.Consistency.GetValueOrDefault(), error.Received.GetValueOrDefault(), error.Required.GetValueOrDefault());

    public ErrorResponse AddTo(in ErrorResponse error) => error with { Consistency = Consistency, Received = Received, Required = Required };

    public void Write(PrimitiveWriter writer)
    {
        writer.Consistency(Consistency);
        writer.Int(Received);
        writer.Int(Required);
    }

    public static ReplicaCounts Read(ref PrimitiveReader reader) => new(reader.Consistency(), reader.Int(), reader.Int());
}
