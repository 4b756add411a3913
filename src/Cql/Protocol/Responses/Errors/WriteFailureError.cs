namespace S3Cassandra.Cql.Protocol.Responses.Errors;

/// <summary>native_protocol_v5.spec, section 9, 0x1500: <c>counts | failures | writeType:string</c>.</summary>
internal readonly record struct WriteFailureError(ReplicaCounts Counts, ReplicaFailures Failures, WriteType WriteType)
{
    public static WriteFailureError Of(in ErrorResponse error) =>
        new(ReplicaCounts.Of(error), ReplicaFailures.Of(error), error.WriteType.GetValueOrDefault());

    public ErrorResponse AddTo(in ErrorResponse error) => Failures.AddTo(Counts.AddTo(error)) with { WriteType = WriteType };

    public void Write(PrimitiveWriter writer, ProtocolVersion version)
    {
        Counts.Write(writer);
        Failures.Write(writer, version);
        writer.String(WriteTypeName.Of(WriteType));
    }

    public static WriteFailureError Read(ref PrimitiveReader reader, ProtocolVersion version) =>
        new(ReplicaCounts.Read(ref reader), ReplicaFailures.Read(ref reader, version), WriteTypeName.Parse(reader.String()));
}
