using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>
/// Moves a bucket to its next configuration: an immutable record, the epoch on the map, on every shard that the map names from then on,
/// and only then <c>epoch_done</c>. No writer, however stale, commits under the old one after that. Whoever finds one begun finishes it.
/// </summary>
internal sealed class ConfigurationChanger(IIndexTables tables, ShardingOptions options, TimeProvider time)
{
    /// <summary>Puts a record in force after <paramref name="epoch"/>. Two callers with the same record may both be told Applied.</summary>
    public async ValueTask<ConfigurationChange> ChangeAsync(
        BucketId bucket, int epoch, ReadOnlyMemory<byte> record, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < options.Attempts; attempt++)
        {
            if (await FinishAsync(bucket, cancellationToken) is not { } map)
            {
                return ConfigurationChange.BucketGone;
            }

            if (map.Epoch != map.EpochDone)
            {
                continue;
            }

            if (map.EpochDone > epoch)
            {
                // It may have been ours, put in force by somebody else, or by a write of ours whose answer never came.
                var inForce = await tables.ReadConfigurationAsync(bucket, epoch + 1, cancellationToken);
                return inForce is { } found && found.Span.SequenceEqual(record.Span)
                    ? ConfigurationChange.Applied
                    : ConfigurationChange.EpochChanged;
            }

            if (map.EpochDone < epoch)
            {
                return ConfigurationChange.EpochChanged;
            }

            // One that is there already, ours or another's, is put in force first: it never changes. The next round tells whose it was.
            if (await tables.AddConfigurationAsync(bucket, epoch + 1, record, cancellationToken) != TableOutcome.Unknown)
            {
                var begin = new MapChange { IfEpoch = epoch, IfEpochDone = epoch, Epoch = epoch + 1 };
                await tables.ChangeMapAsync(bucket, begin, cancellationToken);
            }
        }

        return ConfigurationChange.Unknown;
    }

    /// <summary>Finishes what is under way; the map as it is then (still unfinished where outcomes stayed unknown), or null: no bucket.</summary>
    public async ValueTask<ShardMap?> FinishAsync(BucketId bucket, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var map = await tables.ReadMapAsync(bucket, cancellationToken);
            if (map is null or { State: BucketState.Deleted })
            {
                return null;
            }

            if (map.Epoch == map.EpochDone || attempt == options.Attempts)
            {
                return map;
            }

            // The map was read after its epoch was set: a shard that a later decision names carries that epoch, for the decision asks for it.
            if (await BumpAsync(bucket, map, cancellationToken))
            {
                var done = new MapChange { IfEpochDone = map.Epoch - 1, EpochDone = map.Epoch };
                await tables.ChangeMapAsync(bucket, done, cancellationToken);
            }
        }
    }

    private ValueTask<bool> BumpAsync(BucketId bucket, ShardMap map, CancellationToken cancellationToken) =>
        Abreast.AllAsync(map.Entries, entry => BumpAsync(bucket, entry.Shard, map.Epoch, cancellationToken));

    private async ValueTask<bool> BumpAsync(BucketId bucket, ShardId shard, int epoch, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < options.Attempts; attempt++)
        {
            var result = await tables.ChangeStaticsAsync(bucket, shard, ShardSteps.Bump(epoch), cancellationToken);
            switch (result.Outcome)
            {
                case TableOutcome.Applied:
                    return true;
                case TableOutcome.NotApplied:
                    // Nothing there: replaced and swept since, by shards that carry the epoch.
                    return result.Statics is not { } statics || statics.Epoch >= epoch;
                default:
                    await Task.Delay(options.Pause, time, cancellationToken);
                    break;
            }
        }

        return false;
    }
}
