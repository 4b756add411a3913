using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Listing;
using S3Cassandra.Storage.Objects;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.Storage.Tests.Listing;

/// <summary>Random keys with random histories, listed by random pages, against a list in memory.</summary>
public class VersionListingModelTests
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
            var state = random.Next(4) == 0 ? VersioningState.Suspended : VersioningState.Enabled;
            await using var bucket = await ListedBucket.CreateAsync(state);
            var keys = names.Keys(random.Next(40));
            var versions = new List<Entry>();
            foreach (var key in keys)
            {
                versions.AddRange(await PutAsync(bucket, key, random));
            }

            for (var walk = 0; walk < 4; walk++)
            {
                var request = new ListVersionsRequest
                {
                    Bucket = bucket.Id,
                    Prefix = names.Prefix(keys),
                    Delimiter = names.Delimiter(),
                    KeyMarker = names.Marker(keys),
                    MaxKeys = random.Next(1, 8),
                };
                if (versions.Count > 0 && random.Next(2) == 0)
                {
                    var at = versions[random.Next(versions.Count)];
                    request = request with { KeyMarker = at.Key, VersionIdMarker = at.Version };
                }

                Assert.Equal(Model(versions, request), await WalkAsync(bucket, request));
            }
        }
    }

    private static async Task<IEnumerable<Entry>> PutAsync(ListedBucket bucket, byte[] key, Random random)
    {
        if (random.Next(4) == 0)
        {
            await bucket.PutHeadAsync(key);
            return [new Entry(key, VersionId.Null, IsMarker: false, IsLatest: true)];
        }

        var history = new string[random.Next(1, 6)];
        var nullAt = random.Next(history.Length * 2);
        for (var i = 0; i < history.Length; i++)
        {
            history[i] = (random.Next(4) == 0 ? "-" : "") + (i == nullAt ? "null" : "id");
        }

        var ids = await bucket.PutVersionsAsync(key, history);
        return ids.Select((id, i) => new Entry(key, id, history[i][0] == '-', i == ids.Count - 1)).Reverse();
    }

    private static List<string> Model(List<Entry> versions, ListVersionsRequest request)
    {
        var listed = new List<string>();
        var below = false;
        foreach (var entry in versions)
        {
            var isMarkersKey = entry.Key.AsSpan().SequenceEqual(request.KeyMarker.Span);
            var passed = below;
            below |= isMarkersKey && request.VersionIdMarker is { } marker && entry.Version == marker;
            if (!entry.Key.AsSpan().StartsWith(request.Prefix.Span))
            {
                continue;
            }

            var at = request.Delimiter.IsEmpty ? -1 : entry.Key.AsSpan(request.Prefix.Length).IndexOf(request.Delimiter.Span);
            var name = at < 0 ? entry.Key : entry.Key[..(request.Prefix.Length + at + request.Delimiter.Length)];
            var above = name.AsSpan().SequenceCompareTo(request.KeyMarker.Span) > 0 || (at < 0 && isMarkersKey && passed);
            var text = at < 0 ? entry.ToString() : "prefix " + Convert.ToHexString(name);
            if (above && !listed.Contains(text))
            {
                listed.Add(text);
            }
        }

        return listed;
    }

    private static async Task<List<string>> WalkAsync(ListedBucket bucket, ListVersionsRequest request)
    {
        var listing = new VersionListing(bucket.Index, new BucketConfigurations(bucket.Index));
        var listed = new List<string>();
        while (true)
        {
            using var page = await listing.ListAsync(request, TestContext.Current.CancellationToken);
            Assert.NotNull(page);
            Assert.True(!page.IsTruncated || page.Count == request.MaxKeys);
            Assert.True(page.Count <= request.MaxKeys);
            Assert.True(listed.Count == 0 || page.Count > 0, "A truncated page was followed by an empty one.");
            var rows = page.Rows.Select(row => (Name: row.Key.ToArray(), Text: Describe(row)));
            var prefixes = page.CommonPrefixes
                .Select(prefix => (Name: prefix.ToArray(), Text: "prefix " + Convert.ToHexString(prefix.Span)));
            listed.AddRange(rows.Concat(prefixes)
                .OrderBy(entry => entry.Name, Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right)))
                .Select(entry => entry.Text));
            if (!page.IsTruncated)
            {
                return listed;
            }

            request = request with
            {
                KeyMarker = page.Last.ToArray(),
                VersionIdMarker = page.EndsInCommonPrefix ? null : page.Rows[^1].Marker,
            };
        }
    }

    private static string Describe(ListedRow row)
    {
        var summary = ObjectSummary.Read(row.Record);
        return new Entry(row.Key.ToArray(), summary.VersionId, summary.IsDeleteMarker, row.IsLatest).ToString();
    }

    private sealed record Entry(byte[] Key, VersionId Version, bool IsMarker, bool IsLatest)
    {
        public override string ToString() =>
            $"{Convert.ToHexString(Key)} {Version}{(IsMarker ? " marker" : "")}{(IsLatest ? " latest" : "")}";
    }
}
