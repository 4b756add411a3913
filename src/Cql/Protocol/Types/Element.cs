namespace S3Cassandra.Cql.Protocol.Types;

/// <summary>An element within a value: [bytes], of a type of its own.</summary>
internal static class Element
{
    public static T Read<TCodec, T>(ref PrimitiveReader reader)
        where TCodec : struct, ICodec<T>
    {
        var bytes = reader.Bytes(out var isNull);
        return isNull ? TCodec.ReadNull() : TCodec.Read(bytes);
    }

    /// <summary>An element of a tuple: those at its end may be missing, which is null.</summary>
    public static T ReadOrMissing<TCodec, T>(ref PrimitiveReader reader)
        where TCodec : struct, ICodec<T> =>
        reader.Remaining == 0 ? TCodec.ReadNull() : Read<TCodec, T>(ref reader);
}
