using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>
/// Finds out what a replacement is to do, before anything is claimed: tallies are estimates, so what is there is counted, while writers go on.
/// </summary>
internal sealed class ReplacementPlanner(IIndexTables tables, ShardingOptions options, TimeProvider time)
{
    /// <summary>How full a child is made that is to stay as it is, beside one that grows.</summary>
    private const double LeftFull = 0.9;

    private const int MostChildren = 16;
    private const int MostParents = 8;

    private static readonly int[] Directions = [1, -1];

    private readonly ShardWalk _walk = new(tables, options);
    private readonly ShardPolicy _policy = new(options);

    /// <summary>A plan; null where there is nothing to gain, or the shard is not to be had.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="map">Its map, read just now.</param>
    /// <param name="shard">A shard that it names.</param>
    /// <param name="reason">Why it should be replaced.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="StoreUnavailableException">The tables do not answer.</exception>
    public async ValueTask<ReplacementPlan?> PlanAsync(
        BucketId bucket, ShardMap map, ShardId shard, ReplacementReason reason, CancellationToken cancellationToken)
    {
        var place = IndexOf(map, shard);
        if (place < 0 || !IsFree(map.Entries[place])
            || await tables.ReadStaticsAsync(bucket, shard, cancellationToken) is not { } statics
            || await SurveyAsync(bucket, shard, new KeyRange(statics.Lo, statics.Hi), cancellationToken) is not { } sketch)
        {
            return null;
        }

        var entry = map.Entries[place];
        var fullness = _policy.Fullness(sketch.Rows, sketch.Bytes);
        if (fullness > 1 || reason == ReplacementReason.Rate)
        {
            var cuts = sketch.Rows * 2 < options.RateRows && fullness <= 1 ? [] : sketch.Cut(ShareOf(reason, fullness));
            if (cuts.Count > 0)
            {
                return new ReplacementPlan([entry], cuts, sketch.Rows);
            }
        }

        var parents = _policy.AreSmall(sketch.Rows, sketch.Bytes)
            ? await WithNeighboursAsync(bucket, map, place, sketch, cancellationToken)
            : [entry];
        return parents.Count > 1 || IsWorthACopy(statics, sketch) ? new ReplacementPlan(parents, [], sketch.Rows) : null;
    }

    private static int IndexOf(ShardMap map, ShardId shard)
    {
        for (var i = 0; i < map.Entries.Count; i++)
        {
            if (map.Entries[i].Shard == shard)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Two equal pieces, more where it has grown past the limit by far; where keys ascend, pieces that are left alone from then on.</summary>
    private static double ShareOf(ReplacementReason reason, double fullness) => reason == ReplacementReason.Ascending
        ? LeftFull / fullness
        : 1 / Math.Clamp(Math.Floor(2 * fullness), 2, MostChildren);

    /// <summary>Deletes and fences go with a copy, and so does a tally that says too much: it would ask for a replacement for ever.</summary>
    private bool IsWorthACopy(ShardStatics statics, KeySketch sketch)
    {
        var total = statics.Total;
        return total.Deletes > options.RewriteDeletes
            || statics.Done.Count > options.RewriteFences
            || (_policy.Fullness(total.Rows, total.Bytes) > 1 && _policy.Fullness(sketch.Rows, sketch.Bytes) < LeftFull);
    }

    private bool IsFree(MapEntry entry) => entry.Attempt is null || entry.Until is not { } until || until < time.GetUtcNow();

    private async ValueTask<KeySketch?> SurveyAsync(BucketId bucket, ShardId shard, KeyRange range, CancellationToken cancellationToken)
    {
        var sketch = new KeySketch();
        foreach (var section in ShardWalk.Sections)
        {
            await foreach (var slice in _walk.ReadAsync(bucket, shard, section, range, withBody: true, cancellationToken))
            {
                using (slice)
                {
                    if (slice.Statics is null)
                    {
                        return null;
                    }

                    foreach (var row in slice.Rows)
                    {
                        sketch.Add(row);
                    }
                }
            }
        }

        return sketch;
    }

    /// <summary>The shard with neighbours that are small as well, by their tallies, as many as make one shard that is small.</summary>
    private async ValueTask<IReadOnlyList<MapEntry>> WithNeighboursAsync(
        BucketId bucket, ShardMap map, int place, KeySketch sketch, CancellationToken cancellationToken)
    {
        var (first, last, rows, bytes) = (place, place, sketch.Rows, sketch.Bytes);
        foreach (var step in Directions)
        {
            for (var next = place + step; next >= 0 && next < map.Entries.Count && last - first + 1 < MostParents; next += step)
            {
                if (!IsFree(map.Entries[next])
                    || await tables.ReadStaticsAsync(bucket, map.Entries[next].Shard, cancellationToken) is not { } statics)
                {
                    break;
                }

                var (more, total) = (Math.Max(0, statics.Total.Rows), Math.Max(0, statics.Total.Bytes));
                if (!_policy.AreSmall(rows + more, bytes + total))
                {
                    break;
                }

                (first, last, rows, bytes) = (Math.Min(first, next), Math.Max(last, next), rows + more, bytes + total);
            }
        }

        return [.. map.Entries.Skip(first).Take(last - first + 1)];
    }
}
