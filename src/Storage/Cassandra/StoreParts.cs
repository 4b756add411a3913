using Microsoft.Extensions.Logging;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Storage.Cassandra.Settings;
using S3Cassandra.Storage.Cassandra.Sharding;
using S3Cassandra.Storage.Cassandra.Statements;
using S3Cassandra.Storage.Cassandra.Suspects;
using S3Cassandra.Storage.Cassandra.Tables;

namespace S3Cassandra.Storage.Cassandra;

/// <summary>What the seams of a <see cref="CassandraStore"/> are made of, and its background work.</summary>
internal sealed record StoreParts(
    CassandraStoreOptions Options,
    CqlSession Session,
    StatementRunner Runner,
    CqlIndexTables Tables,
    SuspectTable Suspects,
    ShardingQueue Queue,
    ShardingOptions Sharding,
    IncarnationId Server,
    TimeProvider Clock,
    ILogger Logger);
