using S3Cassandra.Storage.Catalog;

namespace S3Cassandra.Storage.Contract;

/// <summary>What every <see cref="ICatalog"/> keeps.</summary>
public abstract class CatalogContract : StoreContract
{
    private ICatalog Catalog => Store.Catalog;

    [Fact]
    public async Task A_record_is_made_changed_and_deleted_by_revision()
    {
        Assert.Null(await Catalog.GetAsync(CatalogTable.Bucket, "a", Token));
        var made = await WriteAsync("a", null, Bytes(1));
        Assert.Equal(made, (await Catalog.GetAsync(CatalogTable.Bucket, "a", Token))!.Revision);
        Assert.Null(await Catalog.GetAsync(CatalogTable.Account, "a", Token));
        Assert.Null(await Catalog.GetAsync(CatalogTable.Bucket, "A", Token));

        var changed = await WriteAsync("a", made, Bytes(2));
        Assert.True(changed > made);
        Assert.Equal(Bytes(2), (await Catalog.GetAsync(CatalogTable.Bucket, "a", Token))!.Value);
        await WriteAsync("a", changed, null);
        Assert.Null(await Catalog.GetAsync(CatalogTable.Bucket, "a", Token));
        Assert.True(await WriteAsync("a", null, Bytes(3)) > changed);
    }

    [Fact]
    public async Task A_write_on_another_revision_is_refused_and_shows_the_record()
    {
        var revision = await WriteAsync("a", null, Bytes(1));
        foreach (long? expected in new long?[] { null, revision + 1, 0 })
        {
            var result = await Catalog.WriteAsync(CatalogTable.Bucket, "a", expected, Bytes(9), Token);
            Assert.Equal((CatalogOutcome.NotApplied, revision), (result.Outcome, result.Current?.Revision ?? -1));
            Assert.Equal(Bytes(1), result.Current!.Value);
        }

        var absent = await Catalog.WriteAsync(CatalogTable.Bucket, "b", revision, Bytes(9), Token);
        Assert.Equal((CatalogOutcome.NotApplied, (CatalogRecord?)null), (absent.Outcome, absent.Current));
        await WriteAsync("a", revision, null);
        var deleted = await Catalog.WriteAsync(CatalogTable.Bucket, "a", revision, Bytes(9), Token);
        Assert.Equal((CatalogOutcome.NotApplied, (CatalogRecord?)null), (deleted.Outcome, deleted.Current));
    }

    [Fact]
    public async Task Records_are_listed_by_prefix_in_the_order_of_their_bytes()
    {
        string[] keys = ["b", "a", "ab", "a\U00010000", "a\uFFFD", "aé", "B"];
        foreach (var key in keys)
        {
            await WriteAsync(key, null, Bytes(1));
        }

        Assert.Equal(["B", "a", "ab", "aé", "a\uFFFD", "a\U00010000", "b"], await ListAsync("", null));
        Assert.Equal(["a", "ab", "aé", "a\uFFFD", "a\U00010000"], await ListAsync("a", null));
        Assert.Equal(["aé", "a\uFFFD"], await ListAsync("a", "ab", 2));
        Assert.Equal(["b"], await ListAsync("", "a\U00010000"));
        Assert.Empty(await ListAsync("a", "b"));
        Assert.Equal(["a", "ab"], await ListAsync("a", "A", 2));
        await WriteAsync("ab", (await Catalog.GetAsync(CatalogTable.Bucket, "ab", Token))!.Revision, null);
        Assert.Equal(["a", "aé"], await ListAsync("a", null, 2));
    }

    [Fact]
    public async Task A_cache_hears_of_every_change_and_deletion_since_a_revision()
    {
        var a = await WriteAsync("a", null, Bytes(1));
        var b = await WriteAsync("b", null, Bytes(2));
        var again = await WriteAsync("a", a, Bytes(3));
        await Catalog.WriteAsync(CatalogTable.Account, "other", null, Bytes(9), Token);
        var deletion = (await Catalog.WriteAsync(CatalogTable.Bucket, "b", b, null, Token)).Current!.Revision;

        var all = await Catalog.ChangedSinceAsync(CatalogTable.Bucket, 0, 10, Token);
        Assert.Equal([("a", again, 3), ("b", deletion, -1)], all.Select(record => (record.Key, record.Revision, record.Value?[0] ?? -1)));
        Assert.Equal(["b"], (await Catalog.ChangedSinceAsync(CatalogTable.Bucket, again, 10, Token)).Select(record => record.Key));
        Assert.Equal(["a"], (await Catalog.ChangedSinceAsync(CatalogTable.Bucket, 0, 1, Token)).Select(record => record.Key));
        Assert.Empty(await Catalog.ChangedSinceAsync(CatalogTable.Bucket, deletion, 10, Token));
    }

    [Fact]
    public async Task A_value_may_have_256_KiB_and_may_be_empty()
    {
        var value = new byte[(256 * 1024) - 1];
        Random.Shared.NextBytes(value);
        await WriteAsync("large", null, value);
        Assert.Equal(value, (await Catalog.GetAsync(CatalogTable.Bucket, "large", Token))!.Value);
        await WriteAsync("empty", null, []);
        Assert.Empty((await Catalog.GetAsync(CatalogTable.Bucket, "empty", Token))!.Value!);
    }

    [Fact]
    public async Task A_counter_by_compare_and_set_is_exact_and_revisions_only_rise()
    {
        await WriteAsync("n", null, BitConverter.GetBytes(0));
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            for (var done = 0; done < 10;)
            {
                var current = (await Catalog.GetAsync(CatalogTable.Bucket, "n", Token))!;
                var next = BitConverter.GetBytes(BitConverter.ToInt32(current.Value!) + 1);
                var result = await Catalog.WriteAsync(CatalogTable.Bucket, "n", current.Revision, next, Token);
                Assert.True(result.Current!.Revision > current.Revision);
                done += result.Outcome == CatalogOutcome.Applied ? 1 : 0;
            }
        })));
        Assert.Equal(160, BitConverter.ToInt32((await Catalog.GetAsync(CatalogTable.Bucket, "n", Token))!.Value!));
    }

    private async Task<long> WriteAsync(string key, long? expected, byte[]? value)
    {
        var result = await Catalog.WriteAsync(CatalogTable.Bucket, key, expected, value, Token);
        Assert.Equal(CatalogOutcome.Applied, result.Outcome);
        Assert.Equal(key, result.Current!.Key);
        Assert.Equal(value, result.Current.Value);
        return result.Current.Revision;
    }

    private async Task<IEnumerable<string>> ListAsync(string prefix, string? after, int limit = 100) =>
        (await Catalog.ListAsync(CatalogTable.Bucket, prefix, after, limit, Token)).Select(record => record.Key);
}
