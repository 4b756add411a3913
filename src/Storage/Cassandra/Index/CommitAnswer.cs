using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Index;

/// <summary>What a shard's queue answers a commit.</summary>
/// <param name="Outcome">The outcome; null: the map names another shard for the key.</param>
/// <param name="Current">With <see cref="CommitOutcome.RowsChanged"/>, the current rows where the queue knows them.</param>
/// <param name="Refused">With <see cref="CommitOutcome.RowsChanged"/>, where they are to be read otherwise.</param>
/// <param name="Map">With no outcome, the map as it was read; null: not known.</param>
internal readonly record struct CommitAnswer(CommitOutcome? Outcome, KeyRows? Current = null, RefusedKey? Refused = null, ShardMap? Map = null);
