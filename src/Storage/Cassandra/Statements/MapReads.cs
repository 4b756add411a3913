using System.Runtime.CompilerServices;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Statements;

/// <summary>Reads of <c>shard_map</c>.</summary>
internal sealed class MapReads(StatementRunner runner)
{
    /// <summary>A map is one page, so that it is of one moment: at 40,000 shards (a billion keys) 4 MB.</summary>
    private const int OnePage = 1_000_000;

    /// <summary>Partitions that one statement asks for, few enough for a cluster that limits them (guardrail partition_keys_in_select).</summary>
    public const int BucketsAtOnce = 20;

    private const int BucketsPerPage = 1000;

    private const int StatementsAtOnce = 8;

    private readonly StatementSlot _map = new(
        runner, "SELECT state, epoch, epoch_done, deleter, deleter_until, lo, shard, attempt, until FROM shard_map WHERE bucket = ?");

    // With a limit below the page's size Cassandra reads the partitions side by side, otherwise page by page one after the other.
    private readonly StatementSlot _states =
        new(runner, $"SELECT DISTINCT bucket, state FROM shard_map WHERE bucket IN ? LIMIT {BucketsAtOnce}");

    private readonly StatementSlot _buckets = new(runner, "SELECT DISTINCT bucket, state FROM shard_map");

    public async ValueTask<ShardMap?> ReadAsync(BucketId bucket, CancellationToken cancellationToken)
    {
        using var bound = (await _map.GetAsync(cancellationToken)).Bind().Uuid(bucket.Value);
        bound.PageSize = OnePage;
        using var rows = await runner.ReadAsync(bound, serial: true, cancellationToken);
        if (rows.HasMorePages)
        {
            throw new CorruptDataException($"The map of bucket {bucket} has more than {rows.Count} shards.");
        }

        ShardMap? map = null;
        var entries = new List<MapEntry>(rows.Count);
        while (rows.Read())
        {
            map ??= rows.IsNull(0) ? null : MapOf(rows, entries);
            if (map is not null && !rows.IsNull(6))
            {
                entries.Add(EntryOf(rows));
            }
        }

        return map;
    }

    /// <summary>
    /// One cell of each, so not at the serial level: what was decided and acknowledged is on a quorum (commits are at LOCAL_QUORUM).
    /// </summary>
    public async ValueTask<IReadOnlySet<BucketId>> ReadExistingAsync(IReadOnlyCollection<BucketId> buckets, CancellationToken cancellationToken)
    {
        var existing = new HashSet<BucketId>(buckets.Count);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = StatementsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(buckets.Chunk(BucketsAtOnce), parallel, async (some, token) =>
        {
            using var bound = (await _states.GetAsync(token)).Bind().List([.. some.Select(bucket => bucket.Value)]);
            using var rows = await runner.ReadAsync(bound, serial: false, token);
            lock (existing)
            {
                existing.UnionWith(ExistingIn(rows));
            }
        });
        return existing;
    }

    public async IAsyncEnumerable<BucketId> ListBucketsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var bound = (await _buckets.GetAsync(cancellationToken)).Bind();
        bound.PageSize = BucketsPerPage;
        await foreach (var page in runner.ReadPagesAsync(bound, cancellationToken))
        {
            foreach (var bucket in ExistingIn(page))
            {
                yield return bucket;
            }
        }
    }

    private static IEnumerable<BucketId> ExistingIn(RowSet rows)
    {
        while (rows.Read())
        {
            if (!rows.IsNull(1) && (BucketState)rows.GetTinyint(1) != BucketState.Deleted)
            {
                yield return new BucketId(rows.GetUuid(0));
            }
        }
    }

    private static ShardMap MapOf(RowSet rows, IReadOnlyList<MapEntry> entries) => new(
        entries,
        rows.GetInt(1),
        rows.GetInt(2),
        (BucketState)rows.GetTinyint(0),
        rows.IsNull(3) ? null : new AttemptId(rows.GetUuid(3)),
        rows.IsNull(4) ? null : rows.GetTimestamp(4));

    private static MapEntry EntryOf(RowSet rows) => new(
        rows.GetBlob(5).ToArray(),
        new ShardId(rows.GetUuid(6)),
        rows.IsNull(7) ? null : new AttemptId(rows.GetUuid(7)),
        rows.IsNull(8) ? null : rows.GetTimestamp(8));
}
