using S3Cassandra.Storage.Buckets;
using S3Cassandra.Storage.Catalog;
using S3Cassandra.Storage.Contract.Faults;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.Storage.Tests.Buckets;

/// <summary>Outcomes that nobody knows, and ends between two writes.</summary>
public class BucketFaultTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_space_without_a_record_is_no_bucket()
    {
        await using var world = new BucketWorld();
        world.Faults.On("Catalog.WriteAsync", Fault.Unavailable);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => BucketWorld.CreateAsync(world.Buckets, "photos"));
        Assert.Equal(1, await world.CountKeySpacesAsync());
        Assert.Null(await world.Buckets.FindAsync("photos", Token));
        Assert.Empty(await world.Buckets.ListAsync("", null, 10, BucketWorld.All, Token));
        Assert.Equal(CreateBucketStatus.Created, (await BucketWorld.CreateAsync(world.Buckets, "photos", BucketWorld.Bob)).Status);
    }

    [Fact]
    public async Task A_record_is_never_written_before_its_key_space()
    {
        await using var world = new BucketWorld();
        world.Faults.On("Index.CreateBucketAsync", Fault.Unavailable);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => BucketWorld.CreateAsync(world.Buckets, "photos"));
        Assert.Empty(await world.Elsewhere.ListAsync("", null, 10, BucketWorld.All, Token));
    }

    [Fact]
    public async Task A_deletion_that_ended_halfway_has_deleted()
    {
        await using var world = new BucketWorld();
        var bucket = await world.CreateAsync();
        world.Faults.On("Catalog.WriteAsync", Fault.Unavailable);
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await world.Buckets.DeleteAsync(bucket, Token));
        Assert.NotNull(await world.Catalog.GetAsync(CatalogTable.Bucket, "photos", Token));
        Assert.Empty(await world.Elsewhere.ListAsync("", null, 10, BucketWorld.All, Token));

        Assert.Null(await world.Buckets.FindAsync("photos", Token));
        Assert.Null(await world.Catalog.GetAsync(CatalogTable.Bucket, "photos", Token));
    }

    [Fact]
    public async Task A_page_of_a_listing_is_full_although_a_deletion_ended_halfway()
    {
        await using var world = new BucketWorld();
        foreach (var name in new[] { "aaa", "bbb", "ccc", "ddd" })
        {
            await BucketWorld.CreateAsync(world.Buckets, name);
        }

        world.Faults.On("Catalog.WriteAsync", Fault.Unavailable);
        var gone = (await world.Buckets.FindAsync("bbb", Token))!;
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await world.Buckets.DeleteAsync(gone, Token));
        Assert.Equal(["aaa", "ccc"], (await world.Elsewhere.ListAsync("", null, 2, BucketWorld.All, Token)).Select(bucket => bucket.Name));
    }

    [Fact]
    public async Task A_name_whose_deletion_ended_halfway_is_free()
    {
        await using var world = new BucketWorld();
        var bucket = await world.CreateAsync();
        world.Faults.On("Catalog.WriteAsync", Fault.Unavailable);
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await world.Buckets.DeleteAsync(bucket, Token));
        var again = await BucketWorld.CreateAsync(world.Elsewhere, "photos", BucketWorld.Bob);
        Assert.Equal(CreateBucketStatus.Created, again.Status);
        Assert.Equal(again.Bucket!.Id, (await world.Buckets.FindAsync("photos", Token))!.Id);
    }

    [Fact]
    public async Task A_deletion_that_ended_halfway_is_finished_by_the_next()
    {
        await using var world = new BucketWorld();
        var bucket = await world.CreateAsync();
        world.Faults.On("Catalog.WriteAsync", Fault.Unavailable);
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await world.Buckets.DeleteAsync(bucket, Token));
        Assert.Equal(DeleteBucketOutcome.NotFound, await world.Elsewhere.DeleteAsync(bucket, Token));
        Assert.Empty(await world.Elsewhere.ListAsync("", null, 10, BucketWorld.All, Token));
    }

    [Theory]
    [InlineData(Fault.UnknownApplied, CreateBucketStatus.Created, true)]
    [InlineData(Fault.UnknownNotApplied, CreateBucketStatus.Unknown, false)]
    [InlineData(Fault.UnknownAppliedLater, CreateBucketStatus.Unknown, true)]
    public async Task An_unknown_creation_is_settled_by_looking(Fault fault, CreateBucketStatus expected, bool exists)
    {
        await using var world = new BucketWorld();
        world.Faults.On("Catalog.WriteAsync", fault);
        Assert.Equal(expected, (await BucketWorld.CreateAsync(world.Buckets, "photos")).Status);
        await world.Faults.RunLateAsync();
        Assert.Equal(exists, await world.Elsewhere.ReadAsync("photos", Token) is not null);
        Assert.Equal(exists, await world.Buckets.FindAsync("photos", Token) is not null);
    }

    [Theory]
    [InlineData(Fault.UnknownApplied, DeleteBucketOutcome.Deleted, false)]
    [InlineData(Fault.UnknownNotApplied, DeleteBucketOutcome.Unknown, true)]
    [InlineData(Fault.UnknownAppliedLater, DeleteBucketOutcome.Unknown, false)]
    public async Task An_unknown_deletion_is_settled_by_looking(Fault fault, DeleteBucketOutcome expected, bool exists)
    {
        await using var world = new BucketWorld();
        var bucket = await world.CreateAsync();
        world.Faults.On("Index.RemoveBucketAsync", fault);
        Assert.Equal(expected, await world.Buckets.DeleteAsync(bucket, Token));
        await world.Faults.RunLateAsync();
        Assert.Equal(exists, await world.Elsewhere.ReadAsync("photos", Token) is not null);
        Assert.Equal(exists, await world.Buckets.ReadAsync("photos", Token) is not null);
    }

    [Theory]
    [InlineData(Fault.UnknownApplied, BucketChangeOutcome.Changed, true)]
    [InlineData(Fault.UnknownNotApplied, BucketChangeOutcome.Unknown, false)]
    public async Task An_unknown_change_is_settled_by_looking(Fault fault, BucketChangeOutcome expected, bool changed)
    {
        await using var world = new BucketWorld();
        var bucket = await world.CreateAsync();
        world.Faults.On("Catalog.WriteAsync", fault);
        var outcome = await world.Buckets.ChangeAsync(bucket, record => record with { Tags = [new ObjectTag("a", "b")] }, Token);
        Assert.Equal(expected, outcome);
        Assert.Equal(changed, (await world.Buckets.FindAsync("photos", Token))!.Tags.Count == 1);
    }
}
