namespace S3Cassandra.Cql.Protocol.Responses.Errors;

/// <summary>native_protocol_v5.spec, section 9, 0x1200: <c>counts | data_present:u8</c>.</summary>
internal readonly record struct ReadTimeoutError(ReplicaCounts Counts, bool DataPresent)
{
    public static ReadTimeoutError Of(in ErrorResponse error) => new(ReplicaCounts.Of(error), error.DataPresent.GetValueOrDefault());

    public ErrorResponse AddTo(in ErrorResponse error) => Counts.AddTo(error) with { DataPresent = DataPresent };

    public void Write(PrimitiveWriter writer)
    {
        Counts.Write(writer);
        writer.Byte(DataPresent ? (byte)1 : (byte)0);
    }

    public static ReadTimeoutError Read(ref PrimitiveReader reader) => new(ReplicaCounts.Read(ref reader), reader.Byte() != 0);
}
