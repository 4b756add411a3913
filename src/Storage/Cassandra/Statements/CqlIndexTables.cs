using S3Cassandra.Cql.Sessions;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Statements;

/// <summary><see cref="IIndexTables"/> in Cassandra, in the session's keyspace.</summary>
internal sealed class CqlIndexTables : IIndexTables
{
    private readonly ShardReads _reads;
    private readonly ShardCommits _commits;
    private readonly StaticsChanges _changes;
    private readonly ShardCopies _copies;
    private readonly MapReads _maps;
    private readonly MapChanges _mapChanges;
    private readonly ConfigurationStatements _configurations;

    public CqlIndexTables(CqlSession session, StatementOptions options)
    {
        var runner = new StatementRunner(session, options);
        _reads = new ShardReads(runner);
        _commits = new ShardCommits(runner);
        _changes = new StaticsChanges(runner, _reads);
        _copies = new ShardCopies(runner);
        _maps = new MapReads(runner);
        _mapChanges = new MapChanges(runner);
        _configurations = new ConfigurationStatements(runner);
    }

    public ValueTask<ShardRows> ReadRowsAsync(BucketId bucket, ShardId shard, ShardRead read, CancellationToken cancellationToken) =>
        _reads.ReadRowsAsync(bucket, shard, read, cancellationToken);

    public ValueTask<ShardRows> ReadSliceAsync(BucketId bucket, ShardId shard, ShardSlice slice, CancellationToken cancellationToken) =>
        _reads.ReadSliceAsync(bucket, shard, slice, cancellationToken);

    public ValueTask<ShardStatics?> ReadStaticsAsync(BucketId bucket, ShardId shard, CancellationToken cancellationToken) =>
        _reads.ReadStaticsAsync(bucket, shard, serial: true, cancellationToken);

    public ValueTask<ShardResult> CommitAsync(BucketId bucket, ShardId shard, ShardBatch batch, CancellationToken cancellationToken) =>
        _commits.CommitAsync(bucket, shard, batch, cancellationToken);

    public ValueTask<ShardResult> ChangeStaticsAsync(
        BucketId bucket, ShardId shard, StaticsChange change, CancellationToken cancellationToken) =>
        _changes.ChangeAsync(bucket, shard, change, cancellationToken);

    public ValueTask CopyAsync(
        BucketId bucket, ShardId shard, ShardStatics? statics, IReadOnlyList<ShardRow> rows, CancellationToken cancellationToken) =>
        _copies.CopyAsync(bucket, shard, statics, rows, cancellationToken);

    public ValueTask CorrectAsync(
        BucketId bucket, ShardId shard, int pass, IReadOnlyList<ShardRow> rows, IReadOnlyList<CopiedRow> gone, CancellationToken cancellationToken) =>
        _copies.CorrectAsync(bucket, shard, pass, rows, gone, cancellationToken);

    public ValueTask DeleteShardAsync(BucketId bucket, ShardId shard, CancellationToken cancellationToken) =>
        _copies.DeleteAsync(bucket, shard, cancellationToken);

    public ValueTask<ShardMap?> ReadMapAsync(BucketId bucket, CancellationToken cancellationToken) => _maps.ReadAsync(bucket, cancellationToken);

    public ValueTask<IReadOnlySet<BucketId>> ReadExistingAsync(IReadOnlyCollection<BucketId> buckets, CancellationToken cancellationToken) =>
        _maps.ReadExistingAsync(buckets, cancellationToken);

    public ValueTask<TableOutcome> ChangeMapAsync(BucketId bucket, MapChange change, CancellationToken cancellationToken) =>
        _mapChanges.ChangeAsync(bucket, change, cancellationToken);

    public ValueTask<ReadOnlyMemory<byte>?> ReadConfigurationAsync(BucketId bucket, int epoch, CancellationToken cancellationToken) =>
        _configurations.ReadAsync(bucket, epoch, cancellationToken);

    public ValueTask<TableOutcome> AddConfigurationAsync(
        BucketId bucket, int epoch, ReadOnlyMemory<byte> record, CancellationToken cancellationToken) =>
        _configurations.AddAsync(bucket, epoch, record, cancellationToken);

    public IAsyncEnumerable<BucketId> ListBucketsAsync(CancellationToken cancellationToken) => _maps.ListBucketsAsync(cancellationToken);
}
