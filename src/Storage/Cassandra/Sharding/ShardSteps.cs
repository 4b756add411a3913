using S3Cassandra.Storage.Cassandra.Tables;

namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>The conditional changes that the protocol is made of. Each may arrive late; its conditions refuse it then.</summary>
internal static class ShardSteps
{
    /// <summary>BORN to ACTIVE, and nothing else: a late one finds the shard frozen, or replaced, and must leave it so.</summary>
    public static StaticsChange Activation { get; } = new() { IfState = [ShardState.Born], State = ShardState.Active };

    /// <summary>ACTIVE to FROZEN.</summary>
    public static StaticsChange Freeze(AttemptId attempt) =>
        new() { IfState = [ShardState.Active], State = ShardState.Frozen, Attempt = attempt };

    /// <summary>A freeze over that of an attempt that is dead in the map.</summary>
    public static StaticsChange FreezeOver(AttemptId dead, AttemptId attempt) =>
        new() { IfState = [ShardState.Frozen], IfAttempt = dead, State = ShardState.Frozen, Attempt = attempt };

    /// <summary>FROZEN to ACTIVE, from this attempt, which is dead in the map: another's freeze stays.</summary>
    public static StaticsChange Thaw(AttemptId dead) =>
        new() { IfState = [ShardState.Frozen], IfAttempt = dead, State = ShardState.Active };

    /// <summary>The shard takes the next epoch, whatever its state: a frozen one may be thawed again.</summary>
    public static StaticsChange Bump(int epoch) => new()
    {
        IfState = [ShardState.Born, ShardState.Active, ShardState.Frozen],
        IfEpoch = epoch - 1,
        Epoch = epoch,
    };

    /// <summary>Takes the claim off an entry of a bucket that is not being deleted, once its time is over.</summary>
    public static MapChange Release(MapEntry entry) => GiveUp(entry) with { IfState = BucketState.Live };

    /// <summary>Takes the claim off an entry, in whatever state the bucket is. Once applied, the attempt's decision never can.</summary>
    public static MapChange GiveUp(MapEntry entry) => new()
    {
        IfEntries = [new EntryCondition(entry.Lo, entry.Shard, entry.Attempt)],
        Put = [entry with { Attempt = null, Until = null }],
    };
}
