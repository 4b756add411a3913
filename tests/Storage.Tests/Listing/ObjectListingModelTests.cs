using S3Cassandra.Storage.Listing;

namespace S3Cassandra.Storage.Tests.Listing;

/// <summary>Random keys, prefixes, delimiters, markers and page sizes against a listing made by sorting everything in memory.</summary>
public class ObjectListingModelTests
{
    [Theory]
    [InlineData(1, 400)]
    [InlineData(2, 400)]
    [InlineData(3, 400)]
    public async Task Pages_are_what_sorting_everything_gives(int seed, int rounds)
    {
        var random = new Random(seed);
        var names = new RandomNames(random);
        for (var round = 0; round < rounds; round++)
        {
            await using var bucket = await ListedBucket.CreateAsync();
            var keys = names.Keys(random.Next(60));
            foreach (var key in keys)
            {
                await bucket.PutHeadAsync(key);
            }

            for (var walk = 0; walk < 4; walk++)
            {
                var request = new ListRequest
                {
                    Bucket = bucket.Id,
                    Prefix = names.Prefix(keys),
                    Delimiter = names.Delimiter(),
                    After = names.Marker(keys),
                    MaxKeys = random.Next(1, 8),
                };
                var expected = Model(keys, request);
                Assert.True(expected.SequenceEqual(await WalkAsync(bucket, request)), Describe(seed, round, request, keys));
            }
        }
    }

    private static List<string> Model(byte[][] keys, ListRequest request)
    {
        var listed = new List<string>();
        foreach (var key in keys.Where(key => key.AsSpan().StartsWith(request.Prefix.Span)))
        {
            var at = request.Delimiter.IsEmpty ? -1 : key.AsSpan(request.Prefix.Length).IndexOf(request.Delimiter.Span);
            var name = at < 0 ? key : key[..(request.Prefix.Length + at + request.Delimiter.Length)];
            var entry = (at < 0 ? "key " : "prefix ") + Convert.ToHexString(name);
            if (name.AsSpan().SequenceCompareTo(request.After.Span) > 0 && !listed.Contains(entry))
            {
                listed.Add(entry);
            }
        }

        return listed;
    }

    private static async Task<List<string>> WalkAsync(ListedBucket bucket, ListRequest request)
    {
        var listing = new ObjectListing(bucket.Index);
        var listed = new List<string>();
        while (true)
        {
            using var page = await listing.ListAsync(request, TestContext.Current.CancellationToken);
            Assert.NotNull(page);
            Assert.True(page.Count <= request.MaxKeys);
            Assert.True(!page.IsTruncated || page.Count == request.MaxKeys);
            Assert.True(listed.Count == 0 || page.Count > 0, "A truncated page was followed by an empty one.");
            var entries = page.Rows.Select(row => (Name: row.Key.ToArray(), Kind: "key "))
                .Concat(page.CommonPrefixes.Select(prefix => (Name: prefix.ToArray(), Kind: "prefix ")))
                .OrderBy(entry => entry.Name, Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right)))
                .ToList();
            listed.AddRange(entries.Select(entry => entry.Kind + Convert.ToHexString(entry.Name)));
            if (!page.IsTruncated)
            {
                return listed;
            }

            Assert.Equal(entries[^1].Name, page.Last.ToArray());
            request = request with { After = page.Last.ToArray() };
        }
    }

    private static string Describe(int seed, int round, ListRequest request, byte[][] keys) =>
        $"seed {seed} round {round}: prefix {Convert.ToHexString(request.Prefix.Span)} "
        + $"delimiter {Convert.ToHexString(request.Delimiter.Span)} after {Convert.ToHexString(request.After.Span)} max {request.MaxKeys} "
        + $"keys {string.Join(' ', keys.Select(Convert.ToHexString))}";
}
