using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>A replacement that is under way, to look at from elsewhere.</summary>
/// <param name="bucket">The bucket.</param>
/// <param name="shard">The shard that was suggested.</param>
/// <param name="reason">Why.</param>
/// <param name="begun">When it began.</param>
internal sealed class ReplacementProgress(BucketId bucket, ShardId shard, ReplacementReason reason, DateTimeOffset begun)
{
    private int _stage;
    private long _rows;
    private long _copied;

    public BucketId Bucket => bucket;

    public ShardId Shard => shard;

    public ReplacementReason Reason => reason;

    public DateTimeOffset Begun => begun;

    public ReplacementStage Stage
    {
        get => (ReplacementStage)Volatile.Read(ref _stage);
        set => Volatile.Write(ref _stage, (int)value);
    }

    /// <summary>Rows to copy, about: what the survey counted.</summary>
    public long Rows
    {
        get => Volatile.Read(ref _rows);
        set => Volatile.Write(ref _rows, value);
    }

    /// <summary>Rows copied.</summary>
    public long Copied => Volatile.Read(ref _copied);

    public void Add(long copied) => Interlocked.Add(ref _copied, copied);
}
