using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using S3Cassandra.Storage.Cassandra.Index;
using S3Cassandra.Storage.Cassandra.Sharding;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Tests.Sharding;

/// <summary>Writers, listings and removals on two servers of a real node, while shards are replaced and swept all the time.</summary>
public sealed class ReplacementRaceTests(CassandraKeyspace keyspace) : IClassFixture<CassandraKeyspace>
{
    private static readonly ShardingOptions Limits = SplittingStore.Limits with
    {
        SplitRows = 30,
        MergeRows = 16,
        RewriteDeletes = 20,
        ShardGrace = TimeSpan.FromMilliseconds(500),
        Deadline = TimeSpan.FromMinutes(1),
    };

    private readonly ConcurrentDictionary<string, bool> _stay = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_key_is_lost_or_out_of_order_while_shards_are_replaced()
    {
        await using var left = await ShardingServer.StartAsync(keyspace, Limits);
        await using var right = await ShardingServer.StartAsync(keyspace, Limits);
        var bucket = BucketId.New();
        await left.Index.CreateBucketAsync(bucket, new byte[] { 1 }, Token);
        var watch = Stopwatch.StartNew();
        bool GoesOn() => watch.Elapsed < TimeSpan.FromSeconds(6) || (Replaced() < 10 && watch.Elapsed < TimeSpan.FromMinutes(10));
        long Replaced() => left.Sharding.Replaced + right.Sharding.Replaced;
        var writers = Enumerable.Range(0, 12).Select(writer => Task.Run(async () =>
        {
            var random = new Random(writer);
            for (var i = 0; GoesOn(); i++)
            {
                await WriteAsync(random.Next(2) == 0 ? left.Index : right.Index, bucket, random, $"{writer:x}-{i:D6}");
            }
        }));
        var readers = Enumerable.Range(0, 3).Select(reader => Task.Run(async () =>
        {
            while (GoesOn())
            {
                await AssertListedAsync(reader == 0 ? left.Index : right.Index, bucket);
            }
        }));
        await Task.WhenAll(writers.Concat(readers));
        Assert.InRange(Replaced(), 10, long.MaxValue);
        Assert.Equal(0, left.Sharding.Failed + right.Sharding.Failed);
        Assert.Equal(_stay.Keys.Order(StringComparer.Ordinal), await AssertListedAsync(left.Index, bucket));
    }

    [Fact]
    public async Task A_bucket_is_removed_amid_commits_and_splits_or_stays_whole()
    {
        await using var left = await ShardingServer.StartAsync(keyspace, Limits);
        await using var right = await ShardingServer.StartAsync(keyspace, Limits);
        for (var round = 0; round < 8; round++)
        {
            var bucket = BucketId.New();
            await Task.WhenAll(
                left.Index.CreateBucketAsync(bucket, new byte[] { 1 }, Token).AsTask(),
                right.Index.CreateBucketAsync(bucket, new byte[] { 1 }, Token).AsTask());

            // Enough for several shards, all deleted again.
            await Task.WhenAll(Enumerable.Range(0, 150).Select(i => PutAsync(left.Index, bucket, $"old-{i:D3}")));
            await Task.WhenAll(Enumerable.Range(0, 150).Select(i => DeleteAsync(right.Index, bucket, $"old-{i:D3}")));
            var stayed = round % 2 == 0 ? 0 : 4;
            var puts = Enumerable.Range(0, stayed).Select(i => PutAsync(i % 2 == 0 ? left.Index : right.Index, bucket, $"new-{i}")).ToArray();
            var removals = await Task.WhenAll(
                left.Index.RemoveBucketAsync(bucket, Token).AsTask(), right.Index.RemoveBucketAsync(bucket, Token).AsTask());
            var applied = (await Task.WhenAll(puts)).Count(outcome => outcome == CommitOutcome.Applied);
            var removed = removals.Contains(BucketRemoval.Removed);
            Assert.Equal(removed, applied == 0);
            Assert.Equal(removed, await right.Index.GetConfigurationAsync(bucket, Token) is null);
            if (removed)
            {
                Assert.Equal(CommitOutcome.BucketGone, await PutAsync(right.Index, bucket, "late"));
            }
            else
            {
                Assert.Equal(applied, (await ListAsync(right.Index, bucket))!.Count);
                Assert.Equal(CommitOutcome.Applied, await PutAsync(right.Index, bucket, "late"));
            }
        }
    }

    private static Task<CommitOutcome> PutAsync(CassandraIndex index, BucketId bucket, string key) =>
        CommitAsync(index, bucket, key, [new RowWrite(RowAddress.Head, Guid.NewGuid(), Encoding.UTF8.GetBytes(key), new byte[100])], []);

    private static Task<CommitOutcome> DeleteAsync(CassandraIndex index, BucketId bucket, string key) =>
        CommitAsync(index, bucket, key, [], [RowAddress.Head]);

    private static async Task<CommitOutcome> CommitAsync(
        CassandraIndex index, BucketId bucket, string key, RowWrite[] writes, RowAddress[] deletes)
    {
        var commit = new IndexCommit
        {
            Bucket = bucket,
            Key = ObjectKey.Parse(key),
            Epoch = 1,
            Started = DateTimeOffset.UtcNow,
            Writes = writes,
            Deletes = deletes,
        };
        return (await index.CommitAsync(commit, Token)).Outcome;
    }

    private static async Task<IReadOnlyList<string>?> ListAsync(CassandraIndex index, BucketId bucket)
    {
        using var page = await index.ScanAsync(new ScanRange(bucket, IndexSection.Head, default, default, null, 1_000_000), Token);
        return page?.Rows.Select(row => Encoding.UTF8.GetString(row.Key.Span)).ToList();
    }

    /// <summary>Most keys stay; many come and go, so that neighbours become small and deletes pile up.</summary>
    private async Task WriteAsync(CassandraIndex index, BucketId bucket, Random random, string name)
    {
        if (random.Next(3) == 0)
        {
            Assert.Equal(CommitOutcome.Applied, await PutAsync(index, bucket, $"stay-{name}"));
            Assert.True(_stay.TryAdd($"stay-{name}", true));
            return;
        }

        var key = string.Create(CultureInfo.InvariantCulture, $"{random.Next(100):D2}-goes-{name}");
        Assert.Equal(CommitOutcome.Applied, await PutAsync(index, bucket, key));
        var found = await index.ReadAsync(bucket, new KeyRead(ObjectKey.Parse(key)), Token);
        Assert.NotNull(found!.AnyHead);
        Assert.Equal(CommitOutcome.Applied, await DeleteAsync(index, bucket, key));
        found = await index.ReadAsync(bucket, new KeyRead(ObjectKey.Parse(key)), Token);
        Assert.Null(found!.AnyHead);
    }

    private async Task<IReadOnlyList<string>> AssertListedAsync(CassandraIndex index, BucketId bucket)
    {
        var before = _stay.Keys.ToList();
        var listed = (await ListAsync(index, bucket))!;
        Assert.All(listed.Zip(listed.Skip(1)), pair => Assert.True(string.CompareOrdinal(pair.First, pair.Second) < 0));
        Assert.Empty(before.Except(listed));
        return listed;
    }
}
