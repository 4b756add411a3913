namespace S3Cassandra.Cql.Protocol.Types;

/// <summary>native_protocol_v5.spec, section 6, set: as a list. Answers have each element once, in the type's order, which the list keeps.</summary>
internal readonly struct SetCodec<TCodec, T> : ICodec<IReadOnlyCollection<T>>
    where TCodec : struct, ICodec<T>
{
    public static string TypeName => $"set<{TCodec.TypeName}>";

    public static void Write(PrimitiveWriter writer, IReadOnlyCollection<T> value)
    {
        var scope = new ValueScope(writer);
        writer.Int(value.Count);
        foreach (var element in value)
        {
            TCodec.Write(writer, element);
        }
        scope.End();
    }

    public static IReadOnlyCollection<T> Read(ReadOnlySpan<byte> bytes) => ListCodec<TCodec, T>.Read(bytes);
}
