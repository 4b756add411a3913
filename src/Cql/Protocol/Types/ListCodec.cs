namespace S3Cassandra.Cql.Protocol.Types;

/// <summary>native_protocol_v5.spec, section 6, list: a count as [int], then each element as [bytes].</summary>
internal readonly struct ListCodec<TCodec, T> : ICodec<IReadOnlyList<T>>
    where TCodec : struct, ICodec<T>
{
    public static string TypeName => $"list<{TCodec.TypeName}>";

    public static void Write(PrimitiveWriter writer, IReadOnlyList<T> value)
    {
        var scope = new ValueScope(writer);
        writer.Int(value.Count);
        for (var i = 0; i < value.Count; i++)
        {
            TCodec.Write(writer, value[i]);
        }
        scope.End();
    }

    public static IReadOnlyList<T> Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new PrimitiveReader(bytes);
        var list = new T[reader.Count(reader.Int(), sizeof(int))];
        for (var i = 0; i < list.Length; i++)
        {
            list[i] = Element.Read<TCodec, T>(ref reader);
        }
        return reader.Remaining == 0 ? list : throw ValueLength.Of(bytes.Length, TypeName);
    }
}
