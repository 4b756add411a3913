namespace S3Cassandra.Cql.Protocol.Types;

/// <summary>native_protocol_v5.spec, section 6, map: a count as [int], then each key and its value as [bytes].</summary>
internal readonly struct MapCodec<TKeyCodec, TKey, TValueCodec, TValue> : ICodec<IReadOnlyDictionary<TKey, TValue>>
    where TKeyCodec : struct, ICodec<TKey>
    where TValueCodec : struct, ICodec<TValue>
    where TKey : notnull
{
    private const int SmallestEntry = 2 * sizeof(int);

    public static string TypeName => $"map<{TKeyCodec.TypeName}, {TValueCodec.TypeName}>";

    public static void Write(PrimitiveWriter writer, IReadOnlyDictionary<TKey, TValue> value)
    {
        var scope = new ValueScope(writer);
        writer.Int(value.Count);
        foreach (var (key, entry) in value)
        {
            TKeyCodec.Write(writer, key);
            TValueCodec.Write(writer, entry);
        }
        scope.End();
    }

    public static IReadOnlyDictionary<TKey, TValue> Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new PrimitiveReader(bytes);
        var count = reader.Count(reader.Int(), SmallestEntry);
        var map = new Dictionary<TKey, TValue>(count);
        for (var i = 0; i < count; i++)
        {
            var key = Element.Read<TKeyCodec, TKey>(ref reader);
            map[key] = Element.Read<TValueCodec, TValue>(ref reader);
        }
        return reader.Remaining == 0 ? map : throw ValueLength.Of(bytes.Length, TypeName);
    }
}
