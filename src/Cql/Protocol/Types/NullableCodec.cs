namespace S3Cassandra.Cql.Protocol.Types;

/// <summary>Another type's values or null, for elements of tuples.</summary>
internal readonly struct NullableCodec<TCodec, T> : ICodec<T?>
    where TCodec : struct, ICodec<T>
    where T : struct
{
    public static string TypeName => TCodec.TypeName;

    public static void Write(PrimitiveWriter writer, T? value)
    {
        if (value is { } present)
        {
            TCodec.Write(writer, present);
        }
        else
        {
            writer.Null();
        }
    }

    public static T? Read(ReadOnlySpan<byte> bytes) => TCodec.Read(bytes);

    public static T? ReadNull() => null;
}
