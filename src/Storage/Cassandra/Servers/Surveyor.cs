using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Storage.Cassandra.Schema;
using S3Cassandra.Storage.Cassandra.Settings;
using S3Cassandra.Storage.Cassandra.Statements;
using S3Cassandra.Storage.Cassandra.Tables;

namespace S3Cassandra.Storage.Cassandra.Servers;

/// <summary>Looks over the store: nodes, servers, shard maps, garbage.</summary>
internal sealed class Surveyor(
    CqlSession session, StatementRunner runner, ServerTable servers, ISuspectTable suspects, CassandraStoreOptions options, TimeProvider time)
{
    /// <summary>Suspects are read one by one; beyond this many it is "more".</summary>
    private const int MostSuspects = 200_000;
    private const string SelectMaps = "SELECT bucket, state, epoch, epoch_done, shard, attempt, until FROM shard_map";
    private static readonly TimeSpan ScanTime = TimeSpan.FromSeconds(10);

    public async ValueTask<StoreSurvey> SurveyAsync(CancellationToken cancellationToken)
    {
        var findings = await NodeSettings.CheckAsync(session, options, cancellationToken);
        return new StoreSurvey
        {
            Nodes =
            [
                .. session.Nodes.Select(node => new NodeState(
                    node.Address.ToString(), node.Datacenter, node.Rack, node.Datacenter == session.LocalDatacenter, node.IsUp, node.Failure?.Message)),
            ],
            Findings = [.. findings.Select(one => $"{string.Join(", ", one.Nodes)}: {one.Finding.Text}")],
            Servers = await servers.ListAsync(cancellationToken),
            Maps = await LookAtMapsAsync(cancellationToken),
            Garbage = await LookAtGarbageAsync(cancellationToken),
        };
    }

    private async ValueTask<MapSurvey> LookAtMapsAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var sum = new MapSurvey(0, 0, 0, 0, 0, 0);
        var select = new SimpleStatement(SelectMaps) { PageSize = 1000, Timeout = ScanTime };
        Guid? last = null;
        await foreach (var page in runner.ReadPagesAsync(select, cancellationToken))
        {
            while (page.Read())
            {
                if (!page.IsNull(1) && (BucketState)page.GetTinyint(1) != BucketState.Deleted)
                {
                    sum = Add(sum, page, isFirst: page.GetUuid(0) != last, now);
                    last = page.GetUuid(0);
                }
            }
        }

        return sum;
    }

    private static MapSurvey Add(MapSurvey sum, RowSet row, bool isFirst, DateTimeOffset now)
    {
        if (isFirst)
        {
            sum = sum with
            {
                Buckets = sum.Buckets + 1,
                Deleting = sum.Deleting + ((BucketState)row.GetTinyint(1) == BucketState.Deleting ? 1 : 0),
                ChangingConfiguration = sum.ChangingConfiguration + (row.GetInt(2) != row.GetInt(3) ? 1 : 0),
            };
        }

        if (row.IsNull(4))
        {
            return sum;
        }

        sum = sum with { Shards = sum.Shards + 1 };
        return row.IsNull(5) ? sum
            : !row.IsNull(6) && row.GetTimestamp(6) >= now ? sum with { Replacing = sum.Replacing + 1 }
            : sum with { Abandoned = sum.Abandoned + 1 };
    }

    private async ValueTask<GarbageSurvey> LookAtGarbageAsync(CancellationToken cancellationToken)
    {
        var counts = new long[Enum.GetValues<SuspicionKind>().Length];
        DateTimeOffset? oldest = null;
        var all = 0;
        await foreach (var naming in suspects.ReadAsync([.. SuspectSlots.Bodies, .. SuspectSlots.Shards], time.GetUtcNow(), cancellationToken))
        {
            if (all++ == MostSuspects)
            {
                break;
            }

            counts[(int)naming.Suspicion.Kind]++;
            oldest ??= naming.Since;
        }

        return new GarbageSurvey(
            counts[(int)SuspicionKind.WrittenBlob],
            counts[(int)SuspicionKind.ReleasedBlob],
            counts[(int)SuspicionKind.EndedUpload],
            counts[(int)SuspicionKind.Shard],
            oldest,
            all > MostSuspects);
    }
}
