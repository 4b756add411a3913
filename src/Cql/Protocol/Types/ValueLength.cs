namespace S3Cassandra.Cql.Protocol.Types;

internal static class ValueLength
{
    /// <summary>The bytes, when they are as many as values of the type have.</summary>
    public static ReadOnlySpan<byte> Check(ReadOnlySpan<byte> bytes, int length, string typeName) =>
        bytes.Length == length ? bytes : throw Of(bytes.Length, typeName);

    public static CqlProtocolException Of(int length, string typeName) => new($"A value of {length} bytes is not of type {typeName}.");
}
