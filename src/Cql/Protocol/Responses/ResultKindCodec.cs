namespace S3Cassandra.Cql.Protocol.Responses;

internal static class ResultKindCodec
{
    /// <summary>Reads a result's kind, by which the caller chooses what reads the rest.</summary>
    public static ResultKind Read(ref PrimitiveReader reader)
    {
        var kind = reader.Int();
        return kind is >= (int)ResultKind.Void and <= (int)ResultKind.SchemaChange
            ? (ResultKind)kind
            : throw new CqlProtocolException($"A result has the kind {kind}, which is none of 1 to 5.");
    }

    public static void Write(PrimitiveWriter writer, ResultKind kind) => writer.Int((int)kind);
}
