using S3Cassandra.Storage.Cassandra.Tables;

namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>What a replacement is to do.</summary>
/// <param name="Parents">The map's entries of the shards to replace, neighbours in order, as they were read.</param>
/// <param name="Cuts">Where the second and each further child begins; none: one child over the whole range.</param>
/// <param name="Rows">Rows to copy, about.</param>
internal sealed record ReplacementPlan(IReadOnlyList<MapEntry> Parents, IReadOnlyList<ReadOnlyMemory<byte>> Cuts, long Rows);
