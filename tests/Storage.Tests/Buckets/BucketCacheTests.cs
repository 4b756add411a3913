using S3Cassandra.Storage.Contract.Faults;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.Storage.Tests.Buckets;

public class BucketCacheTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_another_server_changes_is_seen_after_two_seconds()
    {
        await using var world = new BucketWorld();
        var bucket = await world.CreateAsync();
        Assert.NotNull(await world.Buckets.FindAsync("photos", Token));
        await world.Elsewhere.DeleteAsync(bucket, Token);
        world.Time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.NotNull(await world.Buckets.FindAsync("photos", Token));
        world.Time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Null(await world.Buckets.FindAsync("photos", Token));
    }

    [Fact]
    public async Task A_bucket_that_is_found_is_read_once()
    {
        await using var world = new BucketWorld();
        await world.CreateAsync();
        await world.Buckets.FindAsync("photos", Token);
        var calls = world.Faults.Calls.Count;
        for (var i = 0; i < 100; i++)
        {
            Assert.NotNull(await world.Buckets.FindAsync("photos", Token));
        }

        Assert.Equal(calls, world.Faults.Calls.Count);
    }

    [Fact]
    public async Task A_bucket_that_is_not_found_is_looked_for_again()
    {
        await using var world = new BucketWorld();
        Assert.Null(await world.Buckets.FindAsync("photos", Token));
        await BucketWorld.CreateAsync(world.Elsewhere, "photos");
        Assert.NotNull(await world.Buckets.FindAsync("photos", Token));
    }

    [Fact]
    public async Task What_this_server_changes_is_seen_at_once()
    {
        await using var world = new BucketWorld();
        var bucket = await world.CreateAsync();
        await world.Buckets.FindAsync("photos", Token);
        await world.Buckets.ChangeAsync(bucket, record => record with { Tags = [new ObjectTag("a", "b")] }, Token);
        Assert.Single((await world.Buckets.FindAsync("photos", Token))!.Tags);
        await world.Buckets.DeleteAsync(bucket, Token);
        Assert.Null(await world.Buckets.FindAsync("photos", Token));
    }

    [Fact]
    public async Task What_was_read_before_a_change_is_not_kept_after_it()
    {
        await using var world = new BucketWorld();
        var bucket = await world.CreateAsync();

        // The reader has the record and is held before it can keep it, while the bucket goes away.
        world.Faults.On("Index.GetConfigurationAsync", Fault.Hold);
        var held = world.Faults.Held;
        var reader = world.Buckets.FindAsync("photos", Token).AsTask();
        await held;
        await world.Buckets.ChangeAsync(bucket, record => record with { Tags = [new ObjectTag("a", "b")] }, Token);
        world.Faults.Release();
        Assert.Empty((await reader)!.Tags);
        Assert.Single((await world.Buckets.FindAsync("photos", Token))!.Tags);
    }
}
