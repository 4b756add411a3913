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

    private const int BucketsPerPage = 1000;

    private readonly StatementSlot _map = new(
        runner, "SELECT state, epoch, epoch_done, deleter, deleter_until, lo, shard, attempt, until FROM shard_map WHERE bucket = ?");

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

    public async IAsyncEnumerable<BucketId> ListBucketsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var bound = (await _buckets.GetAsync(cancellationToken)).Bind();
        bound.PageSize = BucketsPerPage;
        await foreach (var page in runner.ReadPagesAsync(bound, cancellationToken))
        {
            while (page.Read())
            {
                if (!page.IsNull(1) && (BucketState)page.GetTinyint(1) != BucketState.Deleted)
                {
                    yield return new BucketId(page.GetUuid(0));
                }
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
