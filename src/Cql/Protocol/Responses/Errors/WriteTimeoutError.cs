namespace S3Cassandra.Cql.Protocol.Responses.Errors;

/// <summary>
/// native_protocol_v5.spec, section 9, 0x1100: <c>counts | writeType:string</c>, and from v5 on, for the type CAS alone, <c>contentions:u16</c>.
/// </summary>
internal readonly record struct WriteTimeoutError(ReplicaCounts Counts, WriteType WriteType, ushort? Contentions)
{
    public static WriteTimeoutError Of(in ErrorResponse error) =>
        new(ReplicaCounts.Of(error), error.WriteType.GetValueOrDefault(), error.Contentions);

    public ErrorResponse AddTo(in ErrorResponse error) => Counts.AddTo(error) with { WriteType = WriteType, Contentions = Contentions };

    public void Write(PrimitiveWriter writer, ProtocolVersion version)
    {
        Counts.Write(writer);
        writer.String(WriteTypeName.Of(WriteType));
        if (HasContentions(version, WriteType))
        {
            writer.Short(Contentions.GetValueOrDefault());
        }
    }

    public static WriteTimeoutError Read(ref PrimitiveReader reader, ProtocolVersion version)
    {
        var counts = ReplicaCounts.Read(ref reader);
        var type = WriteTypeName.Parse(reader.String());
        return new(counts, type, HasContentions(version, type) ? reader.Short() : null);
    }

    private static bool HasContentions(ProtocolVersion version, WriteType type) => version >= ProtocolVersion.V5 && type == WriteType.Cas;
}
