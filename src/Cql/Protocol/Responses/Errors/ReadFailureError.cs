namespace S3Cassandra.Cql.Protocol.Responses.Errors;

/// <summary>native_protocol_v5.spec, section 9, 0x1300: <c>counts | failures | data_present:u8</c>.</summary>
internal readonly record struct ReadFailureError(ReplicaCounts Counts, ReplicaFailures Failures, bool DataPresent)
{
    public static ReadFailureError Of(in ErrorResponse error) =>
        new(ReplicaCounts.Of(error), ReplicaFailures.Of(error), error.DataPresent.GetValueOrDefault());

    public ErrorResponse AddTo(in ErrorResponse error) => Failures.AddTo(Counts.AddTo(error)) with { DataPresent = DataPresent };

    public void Write(PrimitiveWriter writer, ProtocolVersion version)
    {
        Counts.Write(writer);
        Failures.Write(writer, version);
        writer.Byte(DataPresent ? (byte)1 : (byte)0);
    }

    public static ReadFailureError Read(ref PrimitiveReader reader, ProtocolVersion version) =>
        new(ReplicaCounts.Read(ref reader), ReplicaFailures.Read(ref reader, version), reader.Byte() != 0);
}
