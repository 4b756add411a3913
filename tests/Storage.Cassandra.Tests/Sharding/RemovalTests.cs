using S3Cassandra.Storage.Cassandra.Sharding;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Cassandra.Tests.Simulation;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Tests.Sharding;

/// <summary>Removing buckets of several shards: deleters that die, objects that come in between, replacements under way.</summary>
public class RemovalTests
{
    private static readonly ShardingOptions Tiny = new() { SplitRows = 4, MergeRows = 0, SliceRows = 3, CopyRows = 3 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Of_a_deleter_that_dies_another_one_takes_over(bool lastArrives, bool backsOut)
    {
        var requests = 1;
        while (!await DieAsync(requests, lastArrives, backsOut))
        {
            requests++;
        }

        Assert.InRange(requests, 20, 300);
    }

    [Theory]
    [InlineData(IndexSection.Head, BucketRemoval.NotEmpty)]
    [InlineData(IndexSection.Version, BucketRemoval.NotEmpty)]
    [InlineData(IndexSection.HiddenHead, BucketRemoval.NotEmpty)]
    [InlineData(IndexSection.Upload, BucketRemoval.Removed)]
    public async Task Any_row_but_an_upload_keeps_a_bucket(IndexSection section, BucketRemoval expected)
    {
        await using var bucket = await EmptiedAsync();
        var suffix = section is IndexSection.Version or IndexSection.Upload ? new byte[16] : default(ReadOnlyMemory<byte>);
        Assert.Equal(CommitOutcome.Applied, await bucket.PutAsync("key-000008", address: new RowAddress(section, suffix)));
        Assert.Equal(expected, await bucket.Remover.RemoveAsync(bucket.Bucket, Token));
        var ended = await bucket.Suspects.ReadAsync(SuspectSlots.Bodies, DateTimeOffset.MaxValue, Token).ToListAsync(Token);
        if (section == IndexSection.Upload)
        {
            var naming = Assert.Single(ended);
            Assert.Equal(SuspicionKind.EndedUpload, naming.Suspicion.Kind);
            Assert.Equal(ObjectKey.Parse("key-000008"), naming.Suspicion.Key);
            Assert.Equal(new UploadId(0), naming.Suspicion.Upload);
        }
        else
        {
            Assert.Empty(ended);
            Assert.All((await bucket.MapAsync()).Entries, entry => Assert.Null(entry.Attempt));
            Assert.Equal(CommitOutcome.Applied, await bucket.PutAsync("key-000001"));
        }
    }

    [Fact]
    public async Task A_bucket_that_turns_out_not_to_be_empty_is_given_back()
    {
        await using var bucket = await EmptiedAsync();
        var map = await bucket.MapAsync();
        var tables = new SimulatedTables(bucket.World, new MeddlingNetwork(() => bucket.World.Bucket(bucket.Bucket).Map!.State == BucketState.Deleting, async () =>
        {
            // An object comes as soon as the bucket is being deleted, to the last shard.
            Assert.Equal(CommitOutcome.Applied, await bucket.PutAsync("key-999999"));
        }));
        Assert.Equal(BucketRemoval.NotEmpty, await bucket.NewRemover(tables).RemoveAsync(bucket.Bucket, Token));
        var after = await bucket.MapAsync();
        Assert.Equal(BucketState.Live, after.State);
        Assert.All(after.Entries, entry => Assert.Null(entry.Attempt));
        Assert.Equal(map.Entries.Select(entry => entry.Shard), after.Entries.Select(entry => entry.Shard));
        foreach (var entry in after.Entries)
        {
            Assert.Equal(ShardState.Active, (await bucket.StaticsAsync(entry.Shard)).State);
        }

        Assert.Equal(["key-999999"], await bucket.ListAsync());
        await bucket.AssertSweptAsync();
    }

    [Fact]
    public async Task A_deletion_takes_shards_from_a_replacement_under_way()
    {
        await using var bucket = await EmptiedAsync();
        var shard = (await bucket.MapAsync()).Entries[1].Shard;
        var network = new MeddlingNetwork(
            () => bucket.World.Bucket(bucket.Bucket).Shard(shard).State == ShardState.Frozen,
            async () => Assert.Equal(BucketRemoval.Removed, await bucket.Remover.RemoveAsync(bucket.Bucket, Token)));
        var replacer = bucket.NewReplacer(new SimulatedTables(bucket.World, network), Tiny with { RewriteDeletes = 0 });
        var done = await replacer.ReplaceAsync(bucket.Bucket, shard, ReplacementReason.Deletes, Token);
        Assert.Equal(ReplacementOutcome.Lost, done.Outcome);
        Assert.Equal(BucketState.Deleted, (await bucket.MapAsync()).State);
        await bucket.AssertSweptAsync();
    }

    [Fact]
    public async Task Of_two_deleters_one_waits_for_the_other()
    {
        await using var bucket = await EmptiedAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => bucket.Remover.RemoveAsync(bucket.Bucket, Token).AsTask()));
        Assert.Single(answers, BucketRemoval.Removed);
        Assert.Equal(3, answers.Count(answer => answer == BucketRemoval.NotFound));
    }

    private static async Task<ShardedBucket> EmptiedAsync()
    {
        var bucket = new ShardedBucket(Tiny);
        await bucket.CreateAsync(20);
        Assert.Equal(ReplacementOutcome.Replaced, (await bucket.ReplaceAsync("key", ReplacementReason.Size)).Outcome);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(CommitOutcome.Applied, await bucket.RemoveKeyAsync(ShardedBucket.KeyOf(i)));
        }

        Assert.InRange((await bucket.MapAsync()).Entries.Count, 5, 20);
        return bucket;
    }

    private static async Task<bool> DieAsync(int requests, bool lastArrives, bool backsOut)
    {
        await using var bucket = await EmptiedAsync();
        var network = new DyingNetwork(requests, lastArrives);
        var dying = bucket.NewRemover(new SimulatedTables(bucket.World, network));
        var removing = dying.RemoveAsync(bucket.Bucket, Token).AsTask();
        var survived = await Task.WhenAny(removing, network.Died) == removing;
        if (survived)
        {
            Assert.Equal(BucketRemoval.Removed, await removing);
        }

        if (bucket.World.Bucket(bucket.Bucket).Map!.State == BucketState.Deleted)
        {
            Assert.Equal(BucketRemoval.NotFound, await bucket.Remover.RemoveAsync(bucket.Bucket, Token));
        }
        else
        {
            Assert.Equal([], await bucket.ListAsync());
            bucket.Clock.Pass(Tiny.DeletionClaim * 2);
            if (backsOut)
            {
                await bucket.Remover.EndAsync(bucket.Bucket, Token);
                Assert.Equal(CommitOutcome.Applied, await bucket.PutAsync(ShardedBucket.KeyOf(3)));
                Assert.Equal(CommitOutcome.Applied, await bucket.PutAsync(ShardedBucket.KeyOf(19)));
                Assert.Equal(BucketRemoval.NotEmpty, await bucket.Remover.RemoveAsync(bucket.Bucket, Token));
                await bucket.AssertSweptAsync();
                return survived;
            }

            Assert.Equal(BucketRemoval.Removed, await bucket.Remover.RemoveAsync(bucket.Bucket, Token));
        }

        Assert.Equal(CommitOutcome.BucketGone, await bucket.PutAsync("z"));
        Assert.Null(await bucket.ListAsync());
        await bucket.AssertSweptAsync();
        return survived;
    }
}
