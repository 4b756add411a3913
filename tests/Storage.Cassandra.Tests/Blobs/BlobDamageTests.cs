namespace S3Cassandra.Storage.Cassandra.Tests.Blobs;

/// <summary>What became of a chunk in the table, whatever it is, is noticed.</summary>
public sealed class BlobDamageTests(CassandraKeyspace keyspace) : BlobTestBase(keyspace)
{
    [Theory]
    [InlineData("UPDATE blob SET data = 0x00 WHERE ")]
    [InlineData("UPDATE blob SET data = null WHERE ")]
    [InlineData("UPDATE blob SET data = 0x WHERE ")]
    [InlineData("UPDATE blob SET crc = 1 WHERE ")]
    [InlineData("UPDATE blob SET crc = null WHERE ")]
    [InlineData("DELETE FROM blob WHERE ")]
    public async Task A_damaged_chunk_is_never_served(string damage)
    {
        await using var store = await BodiesStore.OpenAsync(Keyspace, TimeProvider.System);
        var blob = await WriteAsync(store.Blobs, 0, 1, 2);
        await ExecuteAsync(damage + Row(blob, 1));
        await Assert.ThrowsAsync<CorruptDataException>(() => ReadAsync(store.Blobs, blob, 1));
        Assert.Equal(Chunk(0), await ReadAsync(store.Blobs, blob, 0));
        Assert.Equal(Chunk(2), await ReadAsync(store.Blobs, blob, 2));
    }

    [Fact]
    public async Task A_chunk_longer_than_a_chunk_is_never_served()
    {
        await using var store = await BodiesStore.OpenAsync(Keyspace, TimeProvider.System);
        var blob = await WriteAsync(store.Blobs, 0);
        await ExecuteAsync($"UPDATE blob SET data = 0x{new string('0', 2 * (ChunkSize + 1))} WHERE {Row(blob, 0)}");
        await Assert.ThrowsAsync<CorruptDataException>(() => ReadAsync(store.Blobs, blob, 0));
    }

    [Fact]
    public async Task An_owner_that_cannot_be_read_is_not_known()
    {
        await using var store = await BodiesStore.OpenAsync(Keyspace, TimeProvider.System);
        var blob = await WriteAsync(store.Blobs, 0);
        await ExecuteAsync($"UPDATE blob SET owner = 0x02FF WHERE id = 0x{blob.Value:N} AND grp = 0");
        Assert.Null(await store.Blobs.OwnerAsync(blob, Token));
        Assert.Equal(Chunk(0), await ReadAsync(store.Blobs, blob, 0));
    }
}
