namespace S3Cassandra.Cql.Protocol.Types;

/// <summary>native_protocol_v5.spec, section 6, timeuuid: a uuid of version 1, see <see cref="TimeUuid"/>.</summary>
internal readonly struct TimeuuidCodec : ICodec<Guid>
{
    public static string TypeName => "timeuuid";

    /// <exception cref="ArgumentException">Not of version 1: the node would refuse it.</exception>
    public static void Write(PrimitiveWriter writer, Guid value)
    {
        if (value.Version != TimeUuid.Version)
        {
            throw new ArgumentException($"{value} is a uuid of version {value.Version}, a timeuuid has version 1.", nameof(value));
        }
        UuidCodec.Write(writer, value);
    }

    public static Guid Read(ReadOnlySpan<byte> bytes)
    {
        var value = new Guid(ValueLength.Check(bytes, UuidCodec.Size, TypeName), bigEndian: true);
        return value.Version == TimeUuid.Version
            ? value
            : throw new CqlProtocolException($"A value of type timeuuid is a uuid of version {value.Version}.");
    }
}
