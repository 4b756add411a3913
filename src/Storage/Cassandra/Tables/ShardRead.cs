using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Tables;

/// <summary>Rows of one key to read by their addresses, in one read, with the shard's static columns.</summary>
/// <param name="Key">The key.</param>
/// <param name="Addresses">Which rows.</param>
/// <param name="WithBody">Whether inline bodies are wanted.</param>
/// <param name="Serial">
/// Read at the serial level: for several rows that must agree. A plain read may show part of a commit that is not yet acknowledged, where
/// a read repair carried one row over (CEP-45).
/// </param>
/// <param name="HeadFirst">A shown head ends it: the others are looked for where there is none.</param>
internal readonly record struct ShardRead(
    ReadOnlyMemory<byte> Key, IReadOnlyList<RowAddress> Addresses, bool WithBody = false, bool Serial = false, bool HeadFirst = false);
