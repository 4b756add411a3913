using S3Cassandra.Storage.Cassandra.Catalog;
using S3Cassandra.Storage.Catalog;
using S3Cassandra.Storage.Contract;

namespace S3Cassandra.Storage.Cassandra.Tests.Catalog;

public sealed class CassandraCatalogTests(CassandraKeyspace keyspace) : CatalogContract, IClassFixture<CassandraKeyspace>
{
    protected override async ValueTask<IStore> OpenAsync(TimeProvider clock)
    {
        await keyspace.TruncateAsync("catalog");
        return new CatalogOnlyStore(NewCatalog());
    }

    [Fact]
    public async Task Two_servers_count_exactly_and_a_third_that_follows_the_changes_misses_none()
    {
        using var one = NewCatalog();
        using var other = NewCatalog();
        var made = await one.WriteAsync(CatalogTable.Lease, "n", null, BitConverter.GetBytes(0), Token);
        var counting = Task.WhenAll(CountAsync(one, 25), CountAsync(other, 25));

        var seen = new List<CatalogRecord>();
        for (var last = made.Current!.Revision; seen.LastOrDefault() is not { } record || BitConverter.ToInt32(record.Value!) < 50;)
        {
            seen.AddRange(await Store.Catalog.ChangedSinceAsync(CatalogTable.Lease, last, 100, Token));
            last = seen.LastOrDefault()?.Revision ?? last;
            Assert.False(counting.IsFaulted, counting.Exception?.ToString());
        }
        await counting;
        Assert.Equal(seen.Select(record => record.Revision).Order().Distinct(), seen.Select(record => record.Revision));
    }

    [Fact]
    public async Task Names_deleted_and_made_again_are_told_of_once_as_they_are()
    {
        for (var round = 0; round < 3; round++)
        {
            var made = await Store.Catalog.WriteAsync(CatalogTable.Bucket, "again", null, Bytes(round), Token);
            await Store.Catalog.WriteAsync(CatalogTable.Bucket, "again", made.Current!.Revision, null, Token);
        }
        var deleted = Assert.Single(await Store.Catalog.ChangedSinceAsync(CatalogTable.Bucket, 0, 100, Token));
        Assert.Equal((6L, null), (deleted.Revision, deleted.Value));
        await Store.Catalog.WriteAsync(CatalogTable.Bucket, "again", null, Bytes(9), Token);
        var there = Assert.Single(await Store.Catalog.ChangedSinceAsync(CatalogTable.Bucket, 0, 100, Token));
        Assert.Equal(7, there.Revision);
    }

    private CassandraCatalog NewCatalog() => new(keyspace.Session, TimeProvider.System, TimeSpan.FromSeconds(60));

    private static async Task CountAsync(CassandraCatalog catalog, int times)
    {
        for (var done = 0; done < times;)
        {
            var current = (await catalog.GetAsync(CatalogTable.Lease, "n", Token))!;
            var next = BitConverter.GetBytes(BitConverter.ToInt32(current.Value!) + 1);
            done += (await catalog.WriteAsync(CatalogTable.Lease, "n", current.Revision, next, Token)).Outcome == CatalogOutcome.Applied ? 1 : 0;
        }
    }
}
