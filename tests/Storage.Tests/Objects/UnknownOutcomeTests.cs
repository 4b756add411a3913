using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Contract.Faults;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.Storage.Tests.Objects;

/// <summary>What may have taken effect, or may yet, must find its bytes; what certainly did not must leave none.</summary>
public class UnknownOutcomeTests
{
    private static readonly byte[] Old = [.. Enumerable.Range(0, 100).Select(i => (byte)i)];
    private static readonly byte[] New = [.. Enumerable.Range(100, 100).Select(i => (byte)i)];

    [Theory]
    [InlineData(Fault.UnknownApplied, true)]
    [InlineData(Fault.UnknownNotApplied, false)]
    [InlineData(Fault.UnknownAppliedLater, true)]
    public async Task Nothing_is_freed_after_an_unknown_commit(Fault fault, bool applied)
    {
        await using var world = await ObjectWorld.CreateAsync(faults: new FaultPlan().On("Index.CommitAsync", Fault.None, fault));
        await world.PutAsync("k", Old);

        Assert.Equal(WriteStatus.Unknown, (await world.PutAsync("k", New)).Status);
        Assert.Equal(2, (await world.BlobsAsync()).Count);
        await world.Faults.RunLateAsync();

        Assert.Equal(applied ? New : Old, await world.ReadAsync("k"));
        Assert.Equal(2, (await world.BlobsAsync()).Count);
        Assert.Equal(applied ? 1 : 0, (await world.SuspectsAsync(SuspectKind.Released)).Count);
        Assert.Equal(2, (await world.SuspectsAsync(SuspectKind.Written)).Count);
    }

    [Theory]
    [InlineData(Fault.Unavailable, false)]
    [InlineData(Fault.UnavailableApplied, true)]
    public async Task A_commit_that_throws_is_unknown_too(Fault fault, bool applied)
    {
        await using var world = await ObjectWorld.CreateAsync(faults: new FaultPlan().On("Index.CommitAsync", Fault.None, fault));
        await world.PutAsync("k", Old);
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await world.PutAsync("k", New));
        Assert.Equal(2, (await world.BlobsAsync()).Count);
        Assert.Equal(applied ? New : Old, await world.ReadAsync("k"));
    }

    [Fact]
    public async Task A_write_that_its_condition_stops_leaves_no_bytes()
    {
        await using var world = await ObjectWorld.CreateAsync();
        await world.PutAsync("k", Old);
        var outcome = await world.PutAsync("k", New, new WriteConditions(IfNoneMatchAny: true));
        Assert.Equal(WriteStatus.PreconditionFailed, outcome.Status);
        Assert.Single(await world.BlobsAsync());
        Assert.Equal(Old, await world.ReadAsync("k"));
    }

    [Fact]
    public async Task A_write_into_a_bucket_that_is_gone_leaves_no_bytes()
    {
        await using var world = await ObjectWorld.CreateAsync();
        await world.Store.Index.RemoveBucketAsync(world.Bucket, TestContext.Current.CancellationToken);
        Assert.Equal(WriteStatus.BucketGone, (await world.PutAsync("k", New)).Status);
        Assert.Empty(await world.BlobsAsync());
    }

    [Fact]
    public async Task A_blob_behind_the_sweepers_fence_is_not_referred_to()
    {
        await using var world = await ObjectWorld.CreateAsync(faults: new FaultPlan().On("Index.CommitAsync", Fault.Hold));
        var put = Task.Run(async () => await world.PutAsync("k", New));
        await world.Faults.Held;
        world.Time.Advance(TimeSpan.FromHours(1));
        world.Store.MemoryIndex.RaiseFence(world.Time.GetUtcNow());
        world.Faults.Release();
        Assert.Equal(WriteStatus.Unknown, (await put).Status);
        Assert.Equal(LookupStatus.NotFound, (await world.FindAsync("k")).Status);
    }

    [Fact]
    public async Task Bytes_in_a_row_have_no_fence_to_fear()
    {
        await using var world = await ObjectWorld.CreateAsync(faults: new FaultPlan().On("Index.CommitAsync", Fault.Hold));
        var put = Task.Run(async () => await world.PutAsync("k", [1]));
        await world.Faults.Held;
        world.Time.Advance(TimeSpan.FromHours(1));
        world.Store.MemoryIndex.RaiseFence(world.Time.GetUtcNow());
        world.Faults.Release();
        Assert.Equal(WriteStatus.Done, (await put).Status);
    }

    [Fact]
    public async Task An_unknown_delete_is_told_as_such()
    {
        await using var world = await ObjectWorld.CreateAsync(faults: new FaultPlan().On("Index.CommitAsync", Fault.None, Fault.UnknownApplied));
        await world.PutAsync("k", Old);
        Assert.Equal(WriteStatus.Unknown, (await world.DeleteAsync("k")).Status);
        Assert.Equal(LookupStatus.NotFound, (await world.FindAsync("k")).Status);
        Assert.Single(await world.BlobsAsync());
    }
}
