using S3Cassandra.Storage.Contract.Faults;
using S3Cassandra.Storage.Objects;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.Storage.Tests.Objects;

public class ConditionalWriteTests
{
    [Theory]
    [InlineData(VersioningState.Unversioned)]
    [InlineData(VersioningState.Enabled)]
    [InlineData(VersioningState.Suspended)]
    public async Task A_counter_kept_by_if_match_counts_every_success(VersioningState state)
    {
        await using var world = await ObjectWorld.CreateAsync(state, FaultPlan.Seeded(7, 0.2, Fault.Delay));
        await world.PutAsync("k", BitConverter.GetBytes(0L));
        var successes = 0L;
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                var found = await world.FindAsync("k");
                var value = BitConverter.ToInt64((await world.ReadAsync(found, 0, 8))!);
                var outcome = await world.PutAsync("k", BitConverter.GetBytes(value + 1), new WriteConditions(found.Object.ETag));
                Assert.Contains(outcome.Status, new[] { WriteStatus.Done, WriteStatus.PreconditionFailed, WriteStatus.Conflict });
                if (outcome.Status == WriteStatus.Done)
                {
                    Interlocked.Increment(ref successes);
                }
            }
        })));
        Assert.InRange(successes, 1, 320);
        Assert.Equal(successes, BitConverter.ToInt64((await world.ReadAsync("k"))!));
    }

    [Fact]
    public async Task Of_many_that_ask_for_no_object_one_writes()
    {
        await using var world = await ObjectWorld.CreateAsync(faults: FaultPlan.Seeded(3, 0.5, Fault.Delay));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            Task.Run(async () => await world.PutAsync("k", [(byte)i], new WriteConditions(IfNoneMatchAny: true)))));
        Assert.Single(outcomes, outcome => outcome.Status == WriteStatus.Done);
        Assert.Equal(19, outcomes.Count(outcome => outcome.Status is WriteStatus.PreconditionFailed));
    }

    [Fact]
    public async Task Unconditional_writers_all_get_through()
    {
        await using var world = await ObjectWorld.CreateAsync(VersioningState.Enabled, FaultPlan.Seeded(5, 0.3, Fault.Delay));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(async () => await world.PutAsync("k", [(byte)i]))));
        Assert.All(outcomes, outcome => Assert.Equal(WriteStatus.Done, outcome.Status));
        Assert.Equal(40, (await world.RowsAsync(Storage.Index.IndexSection.Version)).Count);
    }

    [Fact]
    public async Task A_change_of_versioning_between_read_and_commit_is_obeyed()
    {
        await using var world = await ObjectWorld.CreateAsync(faults: new FaultPlan().On("Index.CommitAsync", Fault.Hold));
        var put = Task.Run(async () => await world.PutAsync("k", [1]));
        await world.Faults.Held;
        await world.SetVersioningAsync(VersioningState.Enabled);
        world.Faults.Release();
        var outcome = await put;
        Assert.Equal(WriteStatus.Done, outcome.Status);
        Assert.True(outcome.Versioned);
        Assert.False(outcome.Version!.VersionId.IsNull);
        Assert.Single(await world.RowsAsync(Storage.Index.IndexSection.Version));
    }

    [Theory]
    [InlineData(null, WriteStatus.NotFound)]
    [InlineData("", WriteStatus.PreconditionFailed)]
    public async Task If_match_needs_an_object(string? before, WriteStatus expected)
    {
        await using var world = await ObjectWorld.CreateAsync();
        if (before is not null)
        {
            await world.PutAsync("k", [5]);
        }

        Assert.Equal(expected, (await world.PutAsync("k", [6], new WriteConditions("d41d8cd98f00b204e9800998ecf8427e"))).Status);
    }

    [Fact]
    public async Task A_delete_holds_to_its_conditions()
    {
        await using var world = await ObjectWorld.CreateAsync();
        Assert.Equal(WriteStatus.NotFound, (await world.DeleteAsync("k", conditions: new WriteConditions("*"))).Status);
        Assert.Equal(WriteStatus.Done, (await world.DeleteAsync("k", conditions: new WriteConditions(IfMatchSize: 3))).Status);
        var put = await world.PutAsync("k", [1, 2]);
        Assert.Equal(WriteStatus.PreconditionFailed, (await world.DeleteAsync("k", conditions: new WriteConditions(IfMatchSize: 3))).Status);
        var elsewhen = put.Version!.LastModified.AddSeconds(5);
        Assert.Equal(
            WriteStatus.PreconditionFailed, (await world.DeleteAsync("k", conditions: new WriteConditions(IfMatchLastModified: elsewhen))).Status);
        var all = new WriteConditions(put.Version.ETag, IfMatchLastModified: put.Version.LastModified, IfMatchSize: 2);
        Assert.Equal(WriteStatus.Done, (await world.DeleteAsync("k", conditions: all)).Status);
        Assert.Equal(LookupStatus.NotFound, (await world.FindAsync("k")).Status);
    }
}
