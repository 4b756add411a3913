namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>A range of keys.</summary>
/// <param name="Lo">The first key, inclusive.</param>
/// <param name="Hi">The end, exclusive; null: none.</param>
internal readonly record struct KeyRange(ReadOnlyMemory<byte> Lo, ReadOnlyMemory<byte>? Hi);
