namespace S3Cassandra.Storage.Index;

/// <summary>
/// A version of what decides the meaning of writes to a bucket (versioning). Immutable per epoch, so it may be cached for ever by
/// (bucket, epoch). Epochs start at 1 and rise by one.
/// </summary>
public sealed record IndexConfiguration(int Epoch, ReadOnlyMemory<byte> Record);
