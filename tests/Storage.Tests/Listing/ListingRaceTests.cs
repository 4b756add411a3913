using S3Cassandra.Storage.Contract.Faults;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Listing;
using S3Cassandra.Storage.Objects;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.Storage.Tests.Listing;

/// <summary>What a listing shows when keys change between its scans, and how many rows it reads.</summary>
public class ListingRaceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_that_gets_version_rows_between_the_scans_is_listed_once()
    {
        await using var bucket = await ListedBucket.CreateAsync();
        await bucket.PutHeadAsync("a");
        await bucket.PutHeadAsync("b");
        await bucket.EnableAsync();
        var listed = await ListAroundAsync(bucket, () => bucket.PutVersionsAsync("a"u8.ToArray(), "null", "id"));
        Assert.Equal(["a id latest", "a null", "b null latest"], listed);
    }

    [Fact]
    public async Task A_key_deleted_for_good_between_the_scans_is_not_listed()
    {
        await using var bucket = await ListedBucket.CreateAsync(VersioningState.Enabled);
        var ids = await bucket.PutVersionsAsync("a"u8.ToArray(), "id");
        await bucket.PutVersionsAsync("b"u8.ToArray(), "id");
        var listed = await ListAroundAsync(bucket, () => bucket.DeleteAsync(
            "a", RowAddress.Head, new RowAddress(IndexSection.Version, ids[0].ToBytes())));
        Assert.Equal(["b id latest"], listed);
    }

    [Fact]
    public async Task A_page_that_begins_at_a_version_deleted_since_knows_the_latest()
    {
        await using var bucket = await ListedBucket.CreateAsync(VersioningState.Enabled);
        var ids = await bucket.PutVersionsAsync("a"u8.ToArray(), "id", "id", "id");
        await bucket.DeleteAsync("a", new RowAddress(IndexSection.Version, ids[2].ToBytes()));
        var listing = new VersionListing(bucket.Index, new BucketConfigurations(bucket.Index));
        var request = new ListVersionsRequest { Bucket = bucket.Id, KeyMarker = "a"u8.ToArray(), VersionIdMarker = ids[2], MaxKeys = 10 };
        using var page = await listing.ListAsync(request, Token);
        Assert.Equal(["a id latest", "a id"], page!.Rows.Select(Describe));
    }

    [Fact]
    public async Task A_bucket_that_is_gone_has_no_listing()
    {
        await using var bucket = await ListedBucket.CreateAsync();
        var objects = new ObjectListing(bucket.Index);
        var versions = new VersionListing(bucket.Index, new BucketConfigurations(bucket.Index));
        var gone = BucketId.New();
        foreach (var (max, after) in new[] { (10, ""), (0, ""), (10, "zz") })
        {
            var marker = System.Text.Encoding.UTF8.GetBytes(after);
            Assert.Null(await objects.ListAsync(
                new ListRequest { Bucket = gone, MaxKeys = max, After = marker, Prefix = "p"u8.ToArray() }, Token));
            Assert.Null(await versions.ListAsync(
                new ListVersionsRequest { Bucket = gone, MaxKeys = max, KeyMarker = marker, Prefix = "p"u8.ToArray() }, Token));
            using var empty = await objects.ListAsync(
                new ListRequest { Bucket = bucket.Id, MaxKeys = max, After = marker, Prefix = "p"u8.ToArray() }, Token);
            Assert.Equal((0, false), (empty!.Count, empty.IsTruncated));
        }
    }

    [Fact]
    public async Task A_large_common_prefix_is_jumped_over()
    {
        await using var bucket = await ListedBucket.CreateAsync();
        for (var folder = 0; folder < 4; folder++)
        {
            for (var i = 0; i < 5_000; i++)
            {
                await bucket.PutHeadAsync($"folder{folder}/{i}");
            }
        }

        var rows = new CountingIndex(bucket.Index);
        using var page = await new ObjectListing(rows).ListAsync(
            new ListRequest { Bucket = bucket.Id, Delimiter = "/"u8.ToArray(), MaxKeys = 1000 }, Token);
        Assert.Equal(4, page!.CommonPrefixes.Count);
        Assert.False(page.IsTruncated);
        Assert.InRange(rows.Count, 4, 600);
    }

    [Fact]
    public async Task Many_small_common_prefixes_are_not_jumped_over_one_by_one()
    {
        await using var bucket = await ListedBucket.CreateAsync();
        for (var folder = 0; folder < 500; folder++)
        {
            await bucket.PutHeadAsync($"{folder:d4}/a");
            await bucket.PutHeadAsync($"{folder:d4}/b");
        }

        var rows = new CountingIndex(bucket.Index);
        using var page = await new ObjectListing(rows).ListAsync(
            new ListRequest { Bucket = bucket.Id, Delimiter = "/"u8.ToArray(), MaxKeys = 1000 }, Token);
        Assert.Equal(500, page!.CommonPrefixes.Count);
        Assert.InRange(rows.Scans, 1, 10);
    }

    [Fact]
    public async Task A_page_without_delimiter_is_one_scan()
    {
        await using var bucket = await ListedBucket.CreateAsync();
        for (var i = 0; i < 50; i++)
        {
            await bucket.PutHeadAsync($"{i:d4}");
        }

        var rows = new CountingIndex(bucket.Index);
        using var page = await new ObjectListing(rows).ListAsync(new ListRequest { Bucket = bucket.Id, MaxKeys = 10 }, Token);
        Assert.True(page!.IsTruncated);
        Assert.Equal((1, 11), (rows.Scans, rows.Count));
    }

    /// <summary>Lists all versions, and changes the bucket after the heads were scanned and before the versions are.</summary>
    private static async Task<IEnumerable<string>> ListAroundAsync(ListedBucket bucket, Func<Task> change)
    {
        var faults = new FaultPlan();
        var listing = new VersionListing(new FaultyIndex(bucket.Index, faults), new BucketConfigurations(bucket.Index));
        faults.On("Index.ScanAsync", Fault.None, Fault.Hold);
        var held = faults.Held;
        var listed = listing.ListAsync(new ListVersionsRequest { Bucket = bucket.Id, MaxKeys = 100 }, Token).AsTask();
        await held;
        await change();
        faults.Release();
        using var page = await listed;
        return [.. page!.Rows.Select(Describe)];
    }

    private static string Describe(ListedRow row)
    {
        var version = ObjectSummary.Read(row.Record).VersionId.IsNull ? "null" : "id";
        return $"{System.Text.Encoding.UTF8.GetString(row.Key.Span)} {version}{(row.IsLatest ? " latest" : "")}";
    }
}
