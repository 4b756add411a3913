namespace S3Cassandra.Cql.Protocol.Responses.Errors;

/// <summary>native_protocol_v5.spec, section 9, 0x1700: the counts alone. v4 says the same by a <see cref="WriteTimeoutError"/> of the type CAS.</summary>
internal readonly record struct CasWriteUnknownError(ReplicaCounts Counts)
{
    public static CasWriteUnknownError Of(in ErrorResponse error) => new(ReplicaCounts.Of(error));

    public ErrorResponse AddTo(in ErrorResponse error) => Counts.AddTo(error);

    public void Write(PrimitiveWriter writer) => Counts.Write(writer);

    public static CasWriteUnknownError Read(ref PrimitiveReader reader) => new(ReplicaCounts.Read(ref reader));
}
