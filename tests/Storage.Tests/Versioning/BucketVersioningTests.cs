using S3Cassandra.Storage.Contract.Faults;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Tests.Buckets;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.Storage.Tests.Versioning;

public class BucketVersioningTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Versioning_is_set_by_epochs()
    {
        await using var world = new BucketWorld();
        var bucket = await world.CreateAsync();
        Assert.Equal(VersioningState.Unversioned, await world.Buckets.GetVersioningAsync(bucket.Id, Token));
        Assert.Equal(ConfigurationChange.Applied, await world.Buckets.SetVersioningAsync(bucket.Id, VersioningState.Enabled, Token));
        Assert.Equal(VersioningState.Enabled, await world.Buckets.GetVersioningAsync(bucket.Id, Token));
        Assert.Equal(2, (await world.Index.GetConfigurationAsync(bucket.Id, Token))!.Epoch);
        Assert.Equal(ConfigurationChange.Applied, await world.Buckets.SetVersioningAsync(bucket.Id, VersioningState.Suspended, Token));
        Assert.Equal(VersioningState.Suspended, await world.Buckets.GetVersioningAsync(bucket.Id, Token));
    }

    [Fact]
    public async Task Setting_what_is_set_changes_no_epoch()
    {
        await using var world = new BucketWorld();
        var bucket = await world.CreateAsync();
        await world.Buckets.SetVersioningAsync(bucket.Id, VersioningState.Enabled, Token);
        await world.Buckets.SetVersioningAsync(bucket.Id, VersioningState.Enabled, Token);
        Assert.Equal(2, (await world.Index.GetConfigurationAsync(bucket.Id, Token))!.Epoch);
    }

    [Fact]
    public async Task A_bucket_that_is_gone_has_no_versioning()
    {
        await using var world = new BucketWorld();
        var bucket = BucketId.New();
        Assert.Null(await world.Buckets.GetVersioningAsync(bucket, Token));
        Assert.Equal(ConfigurationChange.BucketGone, await world.Buckets.SetVersioningAsync(bucket, VersioningState.Enabled, Token));
    }

    [Theory]
    [InlineData(Fault.UnknownApplied)]
    [InlineData(Fault.UnknownNotApplied)]
    [InlineData(Fault.UnknownAppliedLater)]
    public async Task An_unknown_change_is_settled(Fault fault)
    {
        await using var world = new BucketWorld();
        var bucket = await world.CreateAsync();
        world.Faults.On("Index.ChangeConfigurationAsync", fault);
        Assert.Equal(ConfigurationChange.Applied, await world.Buckets.SetVersioningAsync(bucket.Id, VersioningState.Enabled, Token));
        await world.Faults.RunLateAsync();
        Assert.Equal(VersioningState.Enabled, await world.Buckets.GetVersioningAsync(bucket.Id, Token));
        Assert.Equal(2, (await world.Index.GetConfigurationAsync(bucket.Id, Token))!.Epoch);
    }

    [Fact]
    public async Task Setting_at_once_ends_in_one_of_the_states()
    {
        await using var world = new BucketWorld();
        var bucket = await world.CreateAsync();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () => await world.Buckets.SetVersioningAsync(
            bucket.Id, i % 2 == 0 ? VersioningState.Enabled : VersioningState.Suspended, Token))));
        Assert.All(outcomes, outcome => Assert.Equal(ConfigurationChange.Applied, outcome));
    }

    [Fact]
    public async Task An_epoch_is_read_once()
    {
        await using var world = new BucketWorld();
        var bucket = await world.CreateAsync();
        var configurations = new BucketConfigurations(world.FaultyIndex);
        Assert.Equal(VersioningState.Unversioned, await configurations.GetAsync(bucket.Id, 1, Token));
        var calls = world.Faults.Calls.Count;
        Assert.Equal(VersioningState.Unversioned, await configurations.GetAsync(bucket.Id, 1, Token));
        Assert.Equal(calls, world.Faults.Calls.Count);

        await world.Buckets.SetVersioningAsync(bucket.Id, VersioningState.Enabled, Token);
        Assert.Equal(VersioningState.Enabled, await configurations.GetAsync(bucket.Id, 2, Token));
        Assert.Equal(VersioningState.Unversioned, await configurations.GetAsync(bucket.Id, 1, Token));
        Assert.Null(await configurations.GetAsync(BucketId.New(), 1, Token));
    }

    [Fact]
    public void A_configuration_that_nobody_wrote_is_corrupt()
    {
        Assert.Equal(VersioningState.Suspended, BucketConfiguration.Decode(BucketConfiguration.Encode(VersioningState.Suspended)));
        Assert.Throws<CorruptDataException>(() => BucketConfiguration.Decode([]));
        Assert.Throws<CorruptDataException>(() => BucketConfiguration.Decode([1, 9]));
        Assert.Throws<CorruptDataException>(() => BucketConfiguration.Decode([2, 0]));
    }
}
