using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Cassandra.Blobs;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Tests.Blobs;

/// <summary>A server that ends anywhere leaves nothing that no suspicion names, and nothing that a delete does not find.</summary>
public sealed class BlobCrashTests(CassandraKeyspace keyspace) : BlobTestBase(keyspace)
{
    /// <summary>Chunks of several partitions, in an order that no caller keeps.</summary>
    [Theory]
    [InlineData]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(0, 15, 16, 17)]
    [InlineData(100, 0)]
    [InlineData(1, 400, 33, 70)]
    public async Task A_writer_that_is_cut_leaves_what_its_suspect_names(params int[] numbers)
    {
        var clock = new SteppedClock();
        BlobId blob;
        await using (var crashed = await BodiesStore.OpenAsync(Keyspace, clock))
        {
            var writer = await crashed.Blobs.CreateAsync(Owner, Token);
            blob = writer.Id;
            foreach (var number in numbers)
            {
                await WriteAsync(crashed.Blobs, writer, number);
            }

            if (numbers.Length == 0)
            {
                await UntilNamedAsync(crashed);
            }
        }

        await using var other = await BodiesStore.OpenAsync(Keyspace, clock);
        var suspect = Assert.Single(await other.Blobs.SuspectsAsync(clock.Now.AddHours(1), Token).ToListAsync(Token));
        Assert.Equal((SuspectKind.Written, blob, Owner), (suspect.Kind, suspect.Blob, suspect.Owner));
        Assert.Equal(numbers.Length > 0, await PartitionsAsync(blob) > 0);
        Assert.True(await other.Blobs.DeleteAsync(blob, Token));
        await other.Blobs.ClearAsync(suspect, Token);
        Assert.Equal(0, await PartitionsAsync(blob));
        Assert.Empty(await other.Blobs.SuspectsAsync(clock.Now.AddHours(1), Token).ToListAsync(Token));
    }

    [Fact]
    public async Task A_writer_that_is_given_up_removes_every_partition()
    {
        await using var store = await BodiesStore.OpenAsync(Keyspace, TimeProvider.System);
        var writer = await store.Blobs.CreateAsync(Owner, Token);
        foreach (var number in new[] { 0, 20, 40, 200, 900 })
        {
            await WriteAsync(store.Blobs, writer, number);
        }

        await writer.DisposeAsync();
        await writer.DisposeAsync();
        Assert.Equal(0, await CountAsync("blob"));
        Assert.Equal(0, await CountAsync("suspect"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => WriteAsync(store.Blobs, writer, 1));
    }

    [Fact]
    public async Task A_delete_that_was_cut_short_is_done_again()
    {
        await using var store = await BodiesStore.OpenAsync(Keyspace, TimeProvider.System);
        var blob = await WriteAsync(store.Blobs, 0, 20, 40, 200);
        await ExecuteAsync($"DELETE FROM blob USING TIMESTAMP 2 WHERE id = 0x{blob.Value:N} AND grp = 1");
        Assert.Equal([blob], await store.Blobs.ListAsync(Token).ToListAsync(Token));
        Assert.True(await store.Blobs.DeleteAsync(blob, Token));
        Assert.Equal(0, await CountAsync("blob"));
        Assert.Empty(await store.Blobs.ListAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task A_chunk_that_arrives_after_its_blob_was_deleted_stays_deleted()
    {
        await using var store = await BodiesStore.OpenAsync(Keyspace, TimeProvider.System);
        var blob = await WriteAsync(store.Blobs, 0, 1, 16);
        Assert.True(await store.Blobs.DeleteAsync(blob, Token));
        var header = new BlobHeader(Owner, 5, new Cql.TimeUuid(TimeProvider.System).New());
        await store.CassandraBlobs.Chunks.InsertFirstAsync(blob, Chunk(0), 1, header, Token);
        await store.CassandraBlobs.Chunks.InsertAsync(blob, 16, Chunk(1), 1, Token);
        Assert.Equal(0, await PartitionsAsync(blob));
    }

    [Fact]
    public async Task Of_two_headers_the_one_with_more_partitions_stays_whatever_comes_last()
    {
        await using var store = await BodiesStore.OpenAsync(Keyspace, TimeProvider.System);
        await using var writer = await store.Blobs.CreateAsync(Owner, Token);
        await WriteAsync(store.Blobs, writer, 70);
        await WriteAsync(store.Blobs, writer, 0);
        await store.CassandraBlobs.Chunks.InsertHeaderAsync(writer.Id, new(Owner, 1, null), Token);
        Assert.Equal(6, (await store.CassandraBlobs.Chunks.ReadHeaderAsync(writer.Id, Token))!.Groups);
    }

    private static async Task UntilNamedAsync(BodiesStore store)
    {
        while (!await store.Suspects.ReadAsync(SuspectSlots.Bodies, DateTimeOffset.MaxValue.AddDays(-1), Token).AnyAsync(Token))
        {
            await Task.Yield();
        }
    }
}
