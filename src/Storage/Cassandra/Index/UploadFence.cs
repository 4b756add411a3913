using S3Cassandra.Storage.Cassandra.Sharding;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Index;

/// <summary>Raises the fence of a key's shard: no batch that refers to an older upload applies there any more, nor in what replaces it.</summary>
internal sealed class UploadFence(IIndexTables tables, ShardMaps maps, ShardRecovery recovery, IndexOptions options, TimeProvider time)
{
    /// <exception cref="StoreUnavailableException">Cassandra does not answer, or not in time.</exception>
    public async ValueTask RaiseAsync(BucketId bucket, ObjectKey key, DateTimeOffset before, CancellationToken cancellationToken)
    {
        // Rounded up: what began within that microsecond is fenced off too.
        var fence = ((before - DateTimeOffset.UnixEpoch).Ticks + TimeSpan.TicksPerMicrosecond - 1) / TimeSpan.TicksPerMicrosecond;
        var change = new StaticsChange { IfState = [ShardState.Born, ShardState.Active], IfMinUploadBelow = fence, MinUpload = fence };
        var begun = time.GetTimestamp();
        var map = await maps.HintAsync(bucket, cancellationToken);
        for (var pause = options.FirstPause; map is not null; pause = pause * 2 < options.LongestPause ? pause * 2 : options.LongestPause)
        {
            var shard = map.EntryOf(key.Span).Shard;
            var result = await tables.ChangeStaticsAsync(bucket, shard, change, cancellationToken);
            if (result.Outcome == TableOutcome.Applied || IsRaised(result, fence))
            {
                return;
            }

            if (time.GetElapsedTime(begun) > options.Deadline)
            {
                throw new StoreUnavailableException($"The fence of bucket {bucket} could not be raised within {options.Deadline.TotalSeconds:0.#} s.");
            }

            if (result.Outcome == TableOutcome.NotApplied)
            {
                (var status, map) = await recovery.RecoverAsync(bucket, shard, null, cancellationToken);
                maps.Note(bucket, map);
                if (status is RecoveryStatus.Moved or RecoveryStatus.Ready)
                {
                    continue;
                }
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }

    /// <summary>Whether it stands there already: in a shard that is frozen too, whose children take the larger of their parents' fences.</summary>
    private static bool IsRaised(ShardResult result, long fence) =>
        result is { Outcome: TableOutcome.NotApplied, Statics: { } statics } && statics.MinUpload >= fence;
}
