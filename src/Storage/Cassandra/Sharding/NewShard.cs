using S3Cassandra.Storage.Cassandra.Tables;

namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>A shard that is being filled.</summary>
/// <param name="shard">Its id.</param>
/// <param name="range">Its range.</param>
internal sealed class NewShard(ShardId shard, KeyRange range)
{
    public ShardId Shard => shard;

    public KeyRange Range => range;

    /// <summary>What was copied into it.</summary>
    public Tally Tally { get; private set; }

    public MapEntry Entry => new(range.Lo, shard, null, null);

    public bool IsBelow(ReadOnlySpan<byte> key) => range.Hi is { } hi && key.SequenceCompareTo(hi.Span) >= 0;

    public void Count(in CopiedRow row) => Tally += new Tally(1, row.Bytes, 0);

    /// <summary>Its statics once it is complete.</summary>
    public ShardStatics StaticsAt(int epoch, long minUpload) => new(
        range.Lo,
        range.Hi,
        ShardState.Born,
        null,
        epoch,
        minUpload,
        new Dictionary<IncarnationId, long>(),
        new Dictionary<IncarnationId, Tally> { [default] = Tally });
}
