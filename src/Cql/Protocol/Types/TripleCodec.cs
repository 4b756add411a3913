namespace S3Cassandra.Cql.Protocol.Types;

/// <summary>native_protocol_v5.spec, section 6, tuple, of three elements; see <see cref="TupleCodec{TCodec1, T1, TCodec2, T2}"/>.</summary>
internal readonly struct TripleCodec<TCodec1, T1, TCodec2, T2, TCodec3, T3> : ICodec<(T1 First, T2 Second, T3 Third)>
    where TCodec1 : struct, ICodec<T1>
    where TCodec2 : struct, ICodec<T2>
    where TCodec3 : struct, ICodec<T3>
{
    public static string TypeName => $"tuple<{TCodec1.TypeName}, {TCodec2.TypeName}, {TCodec3.TypeName}>";

    public static void Write(PrimitiveWriter writer, (T1 First, T2 Second, T3 Third) value)
    {
        var scope = new ValueScope(writer);
        TCodec1.Write(writer, value.First);
        TCodec2.Write(writer, value.Second);
        TCodec3.Write(writer, value.Third);
        scope.End();
    }

    public static (T1 First, T2 Second, T3 Third) Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new PrimitiveReader(bytes);
        var value = (
            Element.ReadOrMissing<TCodec1, T1>(ref reader),
            Element.ReadOrMissing<TCodec2, T2>(ref reader),
            Element.ReadOrMissing<TCodec3, T3>(ref reader));
        return reader.Remaining == 0 ? value : throw ValueLength.Of(bytes.Length, TypeName);
    }
}
