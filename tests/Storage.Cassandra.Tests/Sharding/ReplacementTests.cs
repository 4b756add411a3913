using S3Cassandra.Storage.Cassandra.Sharding;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Cassandra.Tests.Index;
using S3Cassandra.Storage.Index;
using static S3Cassandra.Storage.Cassandra.Tests.Index.ScriptedNetwork;

namespace S3Cassandra.Storage.Cassandra.Tests.Sharding;

/// <summary>What is replaced by what, what is carried over, and replacements whose writes are lost or late.</summary>
public class ReplacementTests
{
    private static readonly ShardingOptions Limits = new()
    {
        SplitRows = 100,
        RateRows = 20,
        MergeRows = 50,
        RewriteDeletes = 10,
        CopyRows = 7,
        SliceRows = 11,
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(101, nameof(ReplacementReason.Size), new[] { 51, 50 })]
    [InlineData(200, nameof(ReplacementReason.Size), new[] { 50, 50, 50, 50 })]
    [InlineData(102, nameof(ReplacementReason.Ascending), new[] { 90, 12 })]
    [InlineData(250, nameof(ReplacementReason.Ascending), new[] { 90, 90, 70 })]
    [InlineData(40, nameof(ReplacementReason.Rate), new[] { 20, 20 })]
    public async Task A_shard_is_split_where_its_reason_says(int keys, string reason, int[] expected)
    {
        await using var bucket = new ShardedBucket(Limits);
        await bucket.CreateAsync(keys);
        var done = await bucket.ReplaceAsync("key", Enum.Parse<ReplacementReason>(reason));
        Assert.Equal((ReplacementOutcome.Replaced, (long)keys), (done.Outcome, done.Rows));
        var sizes = await bucket.SizesAsync();
        Assert.Equal(expected.Length, sizes.Count);
        Assert.All(sizes.Zip(expected), pair => Assert.InRange(pair.First, pair.Second - 1, pair.Second + 1));
        Assert.Equal(keys, (await bucket.ListAsync())!.Count);
        var map = await bucket.MapAsync();
        for (var i = 0; i < sizes.Count; i++)
        {
            var statics = await bucket.StaticsAsync(map.Entries[i].Shard);
            Assert.Equal((ShardState.Active, sizes[i], 0L), (statics.State, statics.Total.Rows, statics.Total.Deletes));
            Assert.Equal(map.Entries[i].Lo.ToArray(), statics.Lo.ToArray());
            Assert.Equal(i + 1 < sizes.Count ? map.Entries[i + 1].Lo.ToArray() : null, statics.Hi?.ToArray());
        }
    }

    [Fact]
    public async Task The_median_is_one_of_bytes_over_all_sections()
    {
        await using var bucket = new ShardedBucket(Limits with { SplitRows = 10 });
        await bucket.CreateAsync(20);
        for (var i = 0; i < 5; i++)
        {
            var version = new RowAddress(IndexSection.Version, new byte[] { (byte)i });
            Assert.Equal(CommitOutcome.Applied, await bucket.PutAsync(ShardedBucket.KeyOf(17), bodySize: 20_000, version));
        }

        await bucket.ReplaceAsync("key", ReplacementReason.Size);
        var cuts = (await bucket.MapAsync()).Entries.Skip(1).Select(entry => System.Text.Encoding.UTF8.GetString(entry.Lo.Span)).ToList();
        Assert.Contains(ShardedBucket.KeyOf(17), cuts);
        Assert.Equal(5, (await bucket.ListAsync(IndexSection.Version))!.Count);
    }

    [Fact]
    public async Task A_single_key_is_not_cut_and_asks_for_nothing_more()
    {
        await using var bucket = new ShardedBucket(Limits with { SplitRows = 10 });
        await bucket.CreateAsync();
        for (var i = 0; i < 20; i++)
        {
            await bucket.PutAsync("one", address: new RowAddress(IndexSection.Version, new byte[] { (byte)i }));
        }

        Assert.Equal(ReplacementOutcome.NotNeeded, (await bucket.ReplaceAsync("one", ReplacementReason.Size)).Outcome);
        Assert.Null((await bucket.MapAsync()).Entries[0].Attempt);
    }

    [Fact]
    public async Task Small_neighbours_become_one_shard_again_and_larger_ones_stay()
    {
        await using var bucket = new ShardedBucket(Limits);
        await bucket.CreateAsync(200);
        await bucket.ReplaceAsync("key", ReplacementReason.Size);
        for (var i = 45; i < 145; i++)
        {
            await bucket.RemoveKeyAsync(ShardedBucket.KeyOf(i));
        }

        await new ShardingPass(bucket.Tables, bucket.Queue, Limits, bucket.Clock).LookAsync(bucket.Bucket, Token);
        Assert.InRange(bucket.Queue.Waiting, 1, 5);
        var done = await bucket.ReplaceAsync(ShardedBucket.KeyOf(80), ReplacementReason.Deletes);
        Assert.Equal((ReplacementOutcome.Replaced, 2, 1), (done.Outcome, done.Parents.Count, done.Children.Count));
        var sizes = await bucket.SizesAsync();
        Assert.Equal(3, sizes.Count);
        Assert.Equal(100, sizes.Sum());
        Assert.Equal(100, (await bucket.ListAsync())!.Count);
    }

    [Fact]
    public async Task A_copy_carries_the_fence_and_the_epoch_and_leaves_deletes_and_entries_behind()
    {
        await using var bucket = new ShardedBucket(Limits);
        await bucket.CreateAsync(60);
        for (var i = 0; i < 11; i++)
        {
            await bucket.RemoveKeyAsync(ShardedBucket.KeyOf(i));
        }

        var (shard, changer) = ((await bucket.MapAsync()).Entries[0].Shard, new ConfigurationChanger(bucket.Tables, Limits, bucket.Clock));
        Assert.Equal(ConfigurationChange.Applied, await changer.ChangeAsync(bucket.Bucket, 1, new byte[] { 2 }, Token));
        await bucket.Tables.ChangeStaticsAsync(
            bucket.Bucket, shard, new StaticsChange { IfState = [ShardState.Active], MinUpload = 12345 }, Token);
        Assert.Equal(11, (await bucket.StaticsAsync(shard)).Total.Deletes);
        Assert.Equal(ReplacementOutcome.Replaced, (await bucket.ReplaceAsync("key", ReplacementReason.Deletes)).Outcome);
        var statics = await bucket.StaticsAsync((await bucket.MapAsync()).Entries[0].Shard);
        Assert.Equal((2, 12345L, 49L, 0L), (statics.Epoch, statics.MinUpload, statics.Total.Rows, statics.Total.Deletes));
        Assert.Empty(statics.Done);
        Assert.Equal(ReplacementOutcome.NotNeeded, (await bucket.ReplaceAsync("key", ReplacementReason.Deletes)).Outcome);
    }

    [Theory]
    [InlineData(nameof(Fate.Lost), nameof(ReplacementOutcome.Lost))]
    [InlineData(nameof(Fate.Late), nameof(ReplacementOutcome.Lost))]
    [InlineData(nameof(Fate.Unanswered), nameof(ReplacementOutcome.Replaced))]
    public async Task A_claim_of_unknown_outcome_is_made_once(string fate, string expected)
    {
        var network = new ScriptedNetwork();
        await using var bucket = new ShardedBucket(Limits, network);
        await bucket.CreateAsync(101);
        network.Then(Enum.Parse<Fate>(fate));
        Assert.Equal(expected, (await bucket.ReplaceAsync("key", ReplacementReason.Size)).Outcome.ToString());
        network.Deliver();
        Assert.Equal(101, (await bucket.ListAsync())!.Count);
        bucket.Clock.Pass(Limits.Claim * 2);
        var again = fate == nameof(Fate.Unanswered) ? ReplacementReason.Rate : ReplacementReason.Size;
        Assert.Equal(ReplacementOutcome.Replaced, (await bucket.ReplaceAsync("key-000100", again)).Outcome);
        await bucket.AssertSweptAsync();
        Assert.Equal(101, (await bucket.ListAsync())!.Count);
    }

    [Theory]
    [InlineData(nameof(Fate.Lost), nameof(Fate.Answered), nameof(ReplacementOutcome.Lost))]
    [InlineData(nameof(Fate.Late), nameof(Fate.Answered), nameof(ReplacementOutcome.Lost))]
    [InlineData(nameof(Fate.Late), nameof(Fate.Unanswered), nameof(ReplacementOutcome.Lost))]
    [InlineData(nameof(Fate.Late), nameof(Fate.Lost), nameof(ReplacementOutcome.Lost))]
    [InlineData(nameof(Fate.Unanswered), nameof(Fate.Answered), nameof(ReplacementOutcome.Replaced))]
    [InlineData(nameof(Fate.Unanswered), nameof(Fate.Late), nameof(ReplacementOutcome.Replaced))]
    public async Task A_decision_of_unknown_outcome_is_settled_by_giving_the_claim_up(string decision, string givingUp, string expected)
    {
        var network = new ScriptedNetwork();
        await using var bucket = new ShardedBucket(Limits, network);
        await bucket.CreateAsync(101);
        network.Then(Fate.Answered, Fate.Answered, Enum.Parse<Fate>(decision), Enum.Parse<Fate>(givingUp));
        Assert.Equal(expected, (await bucket.ReplaceAsync("key", ReplacementReason.Size)).Outcome.ToString());
        network.Deliver();
        var shards = (await bucket.MapAsync()).Entries;
        Assert.Equal(expected == nameof(ReplacementOutcome.Replaced) ? 2 : 1, shards.Count);
        Assert.All(shards, entry => Assert.Null(entry.Attempt));
        foreach (var entry in shards)
        {
            Assert.Equal(ShardState.Active, (await bucket.StaticsAsync(entry.Shard)).State);
        }

        Assert.Equal(CommitOutcome.Applied, await bucket.PutAsync("one more"));
        Assert.Equal(102, (await bucket.ListAsync())!.Count);
        await bucket.AssertSweptAsync();
    }

    [Fact]
    public async Task A_late_freeze_is_thawed_by_whoever_meets_it()
    {
        var network = new ScriptedNetwork();
        await using var bucket = new ShardedBucket(Limits with { Attempts = 3 }, network);
        await bucket.CreateAsync(101);
        network.Then(Fate.Answered, Fate.Late, Fate.Late, Fate.Late);
        Assert.Equal(ReplacementOutcome.Lost, (await bucket.ReplaceAsync("key", ReplacementReason.Size)).Outcome);
        network.Deliver();
        Assert.Equal(ShardState.Frozen, (await bucket.StaticsAsync((await bucket.MapAsync()).Entries[0].Shard)).State);
        Assert.Equal(CommitOutcome.Applied, await bucket.PutAsync("one more"));
        Assert.Equal(ReplacementOutcome.Replaced, (await bucket.ReplaceAsync("key", ReplacementReason.Size)).Outcome);
        Assert.Equal(102, (await bucket.ListAsync())!.Count);
        await bucket.AssertSweptAsync();
    }
}
