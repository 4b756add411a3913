using S3Cassandra.Storage.Cassandra.Sharding;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Cassandra.Tests.Simulation;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Tests.Sharding;

/// <summary>A replacer that dies after each of its requests, and others who find what it left.</summary>
public class ReplacementCrashTests
{
    private const int Keys = 20;

    private static readonly ShardingOptions Tiny = new()
    {
        SplitRows = 12,
        RateRows = 4,
        MergeRows = 40,
        RewriteDeletes = 5,
        CopyRows = 4,
        CopyAheadRows = 3,
        SliceRows = 5,
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static IEnumerable<string> AllKeys => Enumerable.Range(0, Keys).Select(ShardedBucket.KeyOf);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_split_whose_replacer_dies_loses_nothing(bool lastArrives) =>
        DieAfterEachAsync(ReplacementReason.Size, lastArrives, static _ => Task.CompletedTask);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_rewrite_whose_replacer_dies_loses_nothing(bool lastArrives) => DieAfterEachAsync(
        ReplacementReason.Deletes,
        lastArrives,
        static async bucket =>
        {
            for (var i = 0; i < 10; i++)
            {
                Assert.Equal(CommitOutcome.Applied, await bucket.PutAsync($"gone-{i}"));
                Assert.Equal(CommitOutcome.Applied, await bucket.RemoveKeyAsync($"gone-{i}"));
            }
        },
        new ShardingOptions { RewriteDeletes = 5, CopyRows = 4, SliceRows = 5 });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_merge_whose_replacer_dies_loses_nothing(bool lastArrives) => DieAfterEachAsync(
        ReplacementReason.Small,
        lastArrives,
        static async bucket =>
        {
            var split = await bucket.NewReplacer(bucket.Tables, Tiny).ReplaceAsync(
                bucket.Bucket, (await bucket.MapAsync()).Entries[0].Shard, ReplacementReason.Size, Token);
            Assert.Equal(ReplacementOutcome.Replaced, split.Outcome);
            Assert.Equal(3, split.Children.Count);
        },
        Tiny with { SplitRows = 1000 });

    private static async Task DieAfterEachAsync(
        ReplacementReason reason, bool lastArrives, Func<ShardedBucket, Task> prepare, ShardingOptions? limits = null)
    {
        var requests = 1;
        while (!await DieAsync(requests, reason, lastArrives, prepare, limits ?? Tiny))
        {
            requests++;
        }

        Assert.InRange(requests, 15, 200);
    }

    /// <returns>Whether the replacer came to its end before.</returns>
    private static async Task<bool> DieAsync(
        int requests, ReplacementReason reason, bool lastArrives, Func<ShardedBucket, Task> prepare, ShardingOptions limits)
    {
        await using var bucket = new ShardedBucket(limits);
        await bucket.CreateAsync(Keys);
        await prepare(bucket);

        var network = new DyingNetwork(requests, lastArrives);
        var dying = bucket.NewReplacer(new SimulatedTables(bucket.World, network));
        var shard = (await bucket.MapAsync()).Entries[0].Shard;
        var replacing = dying.ReplaceAsync(bucket.Bucket, shard, reason, Token).AsTask();
        var survived = await Task.WhenAny(replacing, network.Died) == replacing;
        if (survived)
        {
            Assert.Equal(ReplacementOutcome.Replaced, (await replacing).Outcome);
        }

        // What is there can be read at once, by somebody with an old map too; writers wait for the claim's end at most.
        Assert.Equal(AllKeys, await bucket.ListAsync());
        bucket.Clock.Pass(limits.Claim * 2);
        Assert.Equal(CommitOutcome.Applied, await bucket.PutAsync("key-000007-and-more"));
        Assert.Equal(CommitOutcome.Applied, await bucket.PutAsync("zzz"));
        var keys = AllKeys.Append("key-000007-and-more").Append("zzz").Order(StringComparer.Ordinal).ToList();
        Assert.Equal(keys, await bucket.ListAsync());

        await bucket.AssertSweptAsync();
        Assert.All((await bucket.MapAsync()).Entries, entry => Assert.Null(entry.Attempt));
        Assert.NotEqual(ReplacementOutcome.Lost, (await bucket.ReplaceAsync("key-000007", reason)).Outcome);
        Assert.Equal(keys, await bucket.ListAsync());
        foreach (var entry in (await bucket.MapAsync()).Entries)
        {
            Assert.Equal(ShardState.Active, (await bucket.StaticsAsync(entry.Shard)).State);
        }

        return survived;
    }
}
