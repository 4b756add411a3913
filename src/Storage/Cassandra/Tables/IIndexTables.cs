using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Tables;

/// <summary>
/// The tables <c>object_index</c>, <c>shard_map</c> and <c>bucket_config</c> as the index's protocol uses them: Cassandra, or a simulation
/// whose writes apply late, once or never. Reads and plain writes are repeated by the implementation until they succeed, or throw
/// <see cref="StoreUnavailableException"/> (a plain write that threw may yet apply). Conditional writes are sent once; their outcome is a
/// value, and no exception but cancellation comes out of them, after which they may yet apply.
/// </summary>
internal interface IIndexTables
{
    /// <summary>Rows of one key, with the statics of the same moment: of these the state, the attempt and the epoch.</summary>
    ValueTask<ShardRows> ReadRowsAsync(BucketId bucket, ShardId shard, ShardRead read, CancellationToken cancellationToken);

    /// <summary>
    /// A run of rows, with statics that were read with the rows or after them: of these the state, the attempt, the epoch and the range's end.
    /// </summary>
    ValueTask<ShardRows> ReadSliceAsync(BucketId bucket, ShardId shard, ShardSlice slice, CancellationToken cancellationToken);

    /// <summary>All the statics, at the serial level: it completes or ends whatever round the replicas know of.</summary>
    ValueTask<ShardStatics?> ReadStaticsAsync(BucketId bucket, ShardId shard, CancellationToken cancellationToken);

    /// <summary>A fenced batch of commits.</summary>
    ValueTask<ShardResult> CommitAsync(BucketId bucket, ShardId shard, ShardBatch batch, CancellationToken cancellationToken);

    /// <summary>A conditional change of statics alone.</summary>
    ValueTask<ShardResult> ChangeStaticsAsync(BucketId bucket, ShardId shard, StaticsChange change, CancellationToken cancellationToken);

    /// <summary>
    /// Plain writes at <c>TIMESTAMP 1</c>, which any conditional write and any deletion outdoes: the statics of a fresh shard with its
    /// sentinel row, where given, and rows copied into it.
    /// </summary>
    ValueTask CopyAsync(
        BucketId bucket, ShardId shard, ShardStatics? statics, IReadOnlyList<ShardRow> rows, CancellationToken cancellationToken);

    /// <summary>
    /// Plain writes at the timestamp <paramref name="pass"/>, 2 or above, over what passes before it copied: rows that are another by now, and
    /// rows that are gone. Later than any earlier pass, older than any conditional write.
    /// </summary>
    ValueTask CorrectAsync(
        BucketId bucket, ShardId shard, int pass, IReadOnlyList<ShardRow> rows, IReadOnlyList<CopiedRow> gone, CancellationToken cancellationToken);

    /// <summary>Deletes a shard that the map can never name again.</summary>
    ValueTask DeleteShardAsync(BucketId bucket, ShardId shard, CancellationToken cancellationToken);

    /// <summary>The bucket's map as of now, at the serial level; null when there never was one, or it is gone.</summary>
    ValueTask<ShardMap?> ReadMapAsync(BucketId bucket, CancellationToken cancellationToken);

    /// <summary>Those of some buckets that have a map that is not deleted; of each as it is at some moment of the call.</summary>
    ValueTask<IReadOnlySet<BucketId>> ReadExistingAsync(IReadOnlyCollection<BucketId> buckets, CancellationToken cancellationToken);

    /// <summary>A conditional change of the map.</summary>
    ValueTask<TableOutcome> ChangeMapAsync(BucketId bucket, MapChange change, CancellationToken cancellationToken);

    /// <summary>An epoch's configuration, immutable once there; null when there is none.</summary>
    ValueTask<ReadOnlyMemory<byte>?> ReadConfigurationAsync(BucketId bucket, int epoch, CancellationToken cancellationToken);

    /// <summary>Writes an epoch's configuration if there is none.</summary>
    ValueTask<TableOutcome> AddConfigurationAsync(
        BucketId bucket, int epoch, ReadOnlyMemory<byte> record, CancellationToken cancellationToken);

    /// <summary>Every bucket that has a map that is not deleted, for fsck and status.</summary>
    IAsyncEnumerable<BucketId> ListBucketsAsync(CancellationToken cancellationToken);
}
