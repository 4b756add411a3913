using S3Cassandra.Storage.Cassandra.Sharding;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Index;

/// <summary>Makes a bucket's key space: its first configuration, one shard over everything, and, last, the map that names it.</summary>
internal sealed class BucketCreator(IIndexTables tables, ISuspectTable suspects, ShardMaps maps, IndexOptions options, TimeProvider time)
{
    private const int FirstEpoch = 1;

    /// <exception cref="StoreUnavailableException">Cassandra does not answer, or not in time. It may be made yet; asked again, it is.</exception>
    public async ValueTask CreateAsync(BucketId bucket, ReadOnlyMemory<byte> configuration, CancellationToken cancellationToken)
    {
        if (await tables.ReadMapAsync(bucket, cancellationToken) is not null)
        {
            return;
        }

        var begun = time.GetTimestamp();
        await RepeatAsync(() => tables.AddConfigurationAsync(bucket, FirstEpoch, configuration, cancellationToken), begun, cancellationToken);

        // Should the map never name it, a sweeper deletes it.
        var shard = ShardId.New();
        await suspects.NameAsync([Suspicion.OfShard(bucket, shard, AttemptId.New())], cancellationToken);
        var statics = new ShardStatics(
            default,
            null,
            ShardState.Born,
            null,
            FirstEpoch,
            0,
            new Dictionary<IncarnationId, long>(),
            new Dictionary<IncarnationId, Tally> { [default] = default });
        await tables.CopyAsync(bucket, shard, statics, [], cancellationToken);

        // Of several creations one names its shard. What came of ours does not matter: either way there is a map.
        var naming = new MapChange
        {
            IfAbsent = true,
            State = BucketState.Live,
            Epoch = FirstEpoch,
            EpochDone = FirstEpoch,
            Put = [new MapEntry(ReadOnlyMemory<byte>.Empty, shard, null, null)],
        };
        await RepeatAsync(() => tables.ChangeMapAsync(bucket, naming, cancellationToken), begun, cancellationToken);

        // Whoever meets the shard first does it otherwise.
        await tables.ChangeStaticsAsync(bucket, shard, ShardSteps.Activation, cancellationToken);
        maps.Note(bucket, await tables.ReadMapAsync(bucket, cancellationToken));
    }

    private async ValueTask RepeatAsync(Func<ValueTask<TableOutcome>> write, long begun, CancellationToken cancellationToken)
    {
        for (var pause = options.FirstPause; await write() == TableOutcome.Unknown; pause *= 2)
        {
            if (time.GetElapsedTime(begun) > options.Deadline)
            {
                throw new StoreUnavailableException("Whether the bucket was made is not known.");
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }
}
