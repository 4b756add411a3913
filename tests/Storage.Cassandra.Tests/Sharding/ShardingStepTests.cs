using S3Cassandra.Storage.Cassandra.Sharding;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Cassandra.Tests.Simulation;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Tests.Sharding;

public class ShardingStepTests
{
    private static readonly byte[] Old = [1];
    private static readonly byte[] Next = [2];
    private readonly SimulatedTables _tables = new(new SimulatedWorld(), new PerfectNetwork());
    private readonly ShardingQueue _queue = new(8);
    private readonly BucketId _bucket = BucketId.New();
    private readonly ShardId _shard = ShardId.New();
    private readonly AttemptId _attempt = AttemptId.New();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ShardRecovery Recovery => new(_tables, _queue, TimeProvider.System);

    private ConfigurationChanger Changer => new(_tables, new ShardingOptions(), TimeProvider.System);

    [Fact]
    public async Task A_frozen_shard_thaws_once_the_map_no_longer_shows_its_attempt()
    {
        await CreateAsync(ShardState.Frozen, null, null);
        Assert.Equal(RecoveryStatus.Ready, await RecoverAsync());
        Assert.Equal(ShardState.Active, (await StaticsAsync()).State);
    }

    [Fact]
    public async Task A_shard_under_a_claim_that_lasts_stays_frozen()
    {
        await CreateAsync(ShardState.Frozen, _attempt, DateTimeOffset.MaxValue);
        Assert.Equal(RecoveryStatus.Held, await RecoverAsync());
        Assert.Equal(ShardState.Frozen, (await StaticsAsync()).State);
    }

    [Fact]
    public async Task A_claim_whose_time_is_over_is_taken_off_before_the_shard_thaws()
    {
        await CreateAsync(ShardState.Frozen, _attempt, DateTimeOffset.UnixEpoch);
        Assert.Equal(RecoveryStatus.Ready, await RecoverAsync());
        Assert.Null((await _tables.ReadMapAsync(_bucket, Token))!.Entries[0].Attempt);
        Assert.Equal(ShardState.Active, (await StaticsAsync()).State);
    }

    [Fact]
    public async Task A_born_shard_that_the_map_names_is_activated()
    {
        await CreateAsync(ShardState.Born, null, null);
        Assert.Equal(RecoveryStatus.Ready, await RecoverAsync());
        Assert.Equal(ShardState.Active, (await StaticsAsync()).State);
    }

    [Fact]
    public async Task A_configuration_reaches_every_shard_before_it_is_in_force()
    {
        await CreateAsync(ShardState.Active, null, null);
        Assert.Equal(ConfigurationChange.Applied, await Changer.ChangeAsync(_bucket, 1, Next, Token));
        Assert.Equal(2, (await StaticsAsync()).Epoch);
        Assert.Equal(2, (await _tables.ReadMapAsync(_bucket, Token))!.EpochDone);
    }

    [Fact]
    public async Task A_configuration_that_somebody_left_is_finished_first()
    {
        await CreateAsync(ShardState.Active, null, null);
        await _tables.AddConfigurationAsync(_bucket, 2, Old, Token);
        Assert.Equal(ConfigurationChange.EpochChanged, await Changer.ChangeAsync(_bucket, 1, Next, Token));
        Assert.Equal(2, (await StaticsAsync()).Epoch);
    }

    [Fact]
    public async Task A_freeze_goes_over_that_of_a_dead_attempt_and_stops_without_its_claim()
    {
        var freezer = new ShardFreezer(_tables, new ShardingOptions(), TimeProvider.System);
        await CreateAsync(ShardState.Frozen, null, null);
        var mine = AttemptId.New();
        Assert.Equal(FreezeOutcome.Lost, await freezer.FreezeAsync(_bucket, _shard, mine, map => map.Shows(mine), Token));
        Assert.Equal(_attempt, (await StaticsAsync()).Attempt);
        Assert.Equal(FreezeOutcome.Frozen, await freezer.FreezeAsync(_bucket, _shard, mine, _ => true, Token));
        Assert.Equal(mine, (await StaticsAsync()).Attempt);
    }

    private async Task CreateAsync(ShardState state, AttemptId? claim, DateTimeOffset? until)
    {
        var statics = new ShardStatics(
            default, null, state, _attempt, 1, 0, new Dictionary<IncarnationId, long>(), new Dictionary<IncarnationId, Tally>());
        await _tables.CopyAsync(_bucket, _shard, statics, [], Token);
        await _tables.AddConfigurationAsync(_bucket, 1, Old, Token);
        var map = new MapChange { IfAbsent = true, Epoch = 1, EpochDone = 1, Put = [new MapEntry(default, _shard, claim, until)] };
        Assert.Equal(TableOutcome.Applied, await _tables.ChangeMapAsync(_bucket, map, Token));
    }

    private async Task<RecoveryStatus> RecoverAsync() =>
        (await Recovery.RecoverAsync(_bucket, _shard, await StaticsAsync(), Token)).Status;

    private async Task<ShardStatics> StaticsAsync() => (await _tables.ReadStaticsAsync(_bucket, _shard, Token))!;
}
