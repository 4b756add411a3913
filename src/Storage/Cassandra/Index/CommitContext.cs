using Microsoft.Extensions.Logging;
using S3Cassandra.Storage.Cassandra.Sharding;
using S3Cassandra.Storage.Cassandra.Tables;

namespace S3Cassandra.Storage.Cassandra.Index;

/// <summary>What all queues of a server work with.</summary>
internal sealed record CommitContext(
    IIndexTables Tables,
    ISuspectTable Suspects,
    ShardMaps Maps,
    ShardRecovery Recovery,
    IShardReplacer Replacer,
    IndexOptions Options,
    ShardingOptions Limits,
    TimeProvider Time,
    ILogger Logger);
