namespace S3Cassandra.Cql.Protocol.Types;

/// <summary>
/// native_protocol_v5.spec, section 6, tuple: each element as [bytes], those at the end possibly missing. A pair; longer tuples read and
/// write their elements by <see cref="Element"/> and <see cref="ValueScope"/> in the same way.
/// </summary>
internal readonly struct TupleCodec<TCodec1, T1, TCodec2, T2> : ICodec<(T1 First, T2 Second)>
    where TCodec1 : struct, ICodec<T1>
    where TCodec2 : struct, ICodec<T2>
{
    public static string TypeName => $"tuple<{TCodec1.TypeName}, {TCodec2.TypeName}>";

    public static void Write(PrimitiveWriter writer, (T1 First, T2 Second) value)
    {
        var scope = new ValueScope(writer);
        TCodec1.Write(writer, value.First);
        TCodec2.Write(writer, value.Second);
        scope.End();
    }

    public static (T1 First, T2 Second) Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new PrimitiveReader(bytes);
        var value = (Element.ReadOrMissing<TCodec1, T1>(ref reader), Element.ReadOrMissing<TCodec2, T2>(ref reader));
        return reader.Remaining == 0 ? value : throw ValueLength.Of(bytes.Length, TypeName);
    }
}
