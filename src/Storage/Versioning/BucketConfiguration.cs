using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Versioning;

/// <summary>
/// The packed record of an <see cref="IndexConfiguration"/>: what decides the meaning of writes to a bucket. Two bytes: the format (1)
/// and the versioning state.
/// </summary>
public static class BucketConfiguration
{
    private const byte Format = 1;

    public static byte[] Encode(VersioningState versioning) => [Format, (byte)versioning];

    /// <exception cref="CorruptDataException">The record cannot be what was written.</exception>
    public static VersioningState Decode(ReadOnlySpan<byte> record) => record switch
    {
        [Format, <= (byte)VersioningState.Suspended] => (VersioningState)record[1],
        _ => throw new CorruptDataException("A bucket's configuration is not one that this server writes."),
    };
}
