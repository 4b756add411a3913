using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Garbage;

/// <summary>A row met on a walk through a bucket; good until the walk goes on.</summary>
internal readonly record struct WalkedRow(
    IndexSection Section, ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Suffix, Guid Ver, ReadOnlyMemory<byte> Record);
