using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using S3Cassandra.Cql;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Storage.Cassandra.Sharding;
using S3Cassandra.Storage.Cassandra.Statements;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Cassandra.Tests.Index;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Tests.Sharding;

/// <summary>A shard with more deletes than Cassandra reads over (tombstone_failure_threshold: 100,000), on a real node.</summary>
public sealed class TombstoneTests(CassandraKeyspace keyspace) : IClassFixture<CassandraKeyspace>
{
    private const int Deletes = 130_000;
    private const int Every = 10_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_shard_that_no_listing_can_read_any_more_is_rewritten()
    {
        var tables = new CqlIndexTables(keyspace.Session, new StatementOptions { Timeout = TimeSpan.FromSeconds(60) });
        var limits = new ShardingOptions { RewriteDeletes = 0 };
        await using var server = await ShardingServer.StartAsync(keyspace, new ShardingOptions());
        var bucket = BucketId.New();
        await server.Index.CreateBucketAsync(bucket, new byte[] { 1 }, Token);
        var shard = (await tables.ReadMapAsync(bucket, Token))!.Entries[0].Shard;
        await DeleteManyAsync(bucket, shard);
        for (var i = 0; i < Deletes; i += Every)
        {
            Assert.Equal(CommitOutcome.Applied, await PutAsync(server, bucket, i));
        }

        var all = new ShardSlice(IndexSection.Head, default, default, null, 1000);
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await tables.ReadSliceAsync(bucket, shard, all, Token));

        var suspects = new MemorySuspects(TimeProvider.System);
        var replacer = new ShardReplacer(tables, suspects, limits, TimeProvider.System, Guid.NewGuid, NullLogger.Instance);
        var done = await replacer.ReplaceAsync(bucket, shard, ReplacementReason.Deletes, Token);
        Assert.Equal((ReplacementOutcome.Replaced, (long)Deletes / Every), (done.Outcome, done.Rows));
        using var page = await server.Index.ScanAsync(new ScanRange(bucket, IndexSection.Head, default, default, null, 1000), Token);
        Assert.Equal(
            Enumerable.Range(0, Deletes / Every).Select(i => KeyOf(i * Every)), page!.Rows.Select(row => Encoding.UTF8.GetString(row.Key.Span)));
    }

    private static string KeyOf(int number) => string.Create(CultureInfo.InvariantCulture, $"folder/object-{number:D9}");

    private static async Task<CommitOutcome> PutAsync(ShardingServer server, BucketId bucket, int number)
    {
        var commit = new IndexCommit
        {
            Bucket = bucket,
            Key = ObjectKey.Parse(KeyOf(number)),
            Epoch = 1,
            Started = DateTimeOffset.UtcNow,
            Writes = [new RowWrite(RowAddress.Head, Guid.NewGuid(), new byte[] { 1 }, default)],
            Deletes = number == 0 ? [RowAddress.HiddenHead] : [],
        };
        return (await server.Index.CommitAsync(commit, Token)).Outcome;
    }

    /// <summary>As many deletes at once as the index would make in a minute; below any commit's timestamp.</summary>
    private async Task DeleteManyAsync(BucketId bucket, ShardId shard)
    {
        var delete = await keyspace.Session.PrepareAsync(
            $"DELETE FROM {keyspace.Name}.object_index USING TIMESTAMP 2 WHERE bucket = ? AND shard = ? AND sec = 0 AND key = ? AND v = 0x", Token);
        foreach (var some in Enumerable.Range(0, Deletes).Chunk(400))
        {
            using var batch = new BatchStatement(BatchType.Unlogged) { IsIdempotent = true };
            foreach (var number in some)
            {
                batch.Add(delete.Bind().Uuid(bucket.Value).Uuid(shard.Value).Blob(Encoding.UTF8.GetBytes(KeyOf(number))));
            }

            using var rows = await keyspace.Session.ExecuteAsync(batch, Token);
        }
    }
}
