using System.Globalization;
using System.Xml.Linq;
using S3Cassandra.Support;

namespace S3Cassandra.Reliability.Cassandra.Tests;

/// <summary>
/// Walks through a bucket again and again while others write in it (O3): keys that were settled before are listed exactly once, those
/// deleted before never, every page in order and behind the one before. A page that is refused is asked for again, of another server.
/// </summary>
internal sealed class ListWalker(ServedStore store, int seed)
{
    private const int Standing = 150;
    private const int Gone = 50;

    private readonly Random _random = new(seed);

    public int Walks { get; private set; }

    /// <summary>The key of an object among those of the load: they lie between its prefixes and beside them.</summary>
    private static string KeyOf(int number, bool stands) =>
        string.Create(CultureInfo.InvariantCulture, $"{(char)('a' + (number % 26))}{(stands ? "-stands" : "-gone")}/{number:D4}");

    public async Task PrepareAsync(CancellationToken token)
    {
        // The first server may be about to end.
        var last = store.Patient(store.Servers.Count - 1);
        await Parallel.ForAsync(0, Standing + Gone, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = token }, async (number, stop) =>
        {
            var key = KeyOf(number, number < Standing);
            var put = await last.PutAsync(store.Bucket, key, [1, 2, 3], stop);
            Assert.True(put.IsSuccess, put.Text);
            if (number >= Standing)
            {
                var deleted = await last.DeleteAsync(store.Bucket, key, stop);
                Assert.True(deleted.IsSuccess, deleted.Text);
            }
        });
    }

    public async Task RunAsync(CancellationToken token)
    {
        while (!token.IsCancellationRequested)
        {
            if (await WalkAsync(token) is { } keys)
            {
                Verify(keys);
                Walks++;
            }
        }
    }

    private static void Verify(List<string> keys)
    {
        for (var place = 1; place < keys.Count; place++)
        {
            Assert.True(string.CompareOrdinal(keys[place - 1], keys[place]) < 0, $"{keys[place]} is listed after {keys[place - 1]}");
        }

        var listed = keys.ToHashSet(StringComparer.Ordinal);
        Assert.All(Enumerable.Range(0, Standing), number => Assert.Contains(KeyOf(number, stands: true), listed));
        Assert.All(Enumerable.Range(Standing, Gone), number => Assert.DoesNotContain(KeyOf(number, stands: false), listed));
    }

    /// <summary>All keys, page by page; null when it was broken off.</summary>
    private async Task<List<string>?> WalkAsync(CancellationToken token)
    {
        var keys = new List<string>();
        var size = _random.Next(20, 60);
        for (string? next = ""; next is not null;)
        {
            var document = await PageAsync($"list-type=2&max-keys={size}{next}", token);
            if (document is null)
            {
                return null;
            }

            var space = document.Name.Namespace;
            keys.AddRange(document.Elements(space + "Contents").Select(entry => entry.Element(space + "Key")!.Value));
            next = document.Element(space + "IsTruncated")?.Value == "true"
                ? "&continuation-token=" + SignatureV4.Encode(document.Element(space + "NextContinuationToken")!.Value)
                : null;
        }

        return keys;
    }

    private async Task<XElement?> PageAsync(string query, CancellationToken token)
    {
        while (!token.IsCancellationRequested)
        {
            var client = store.Client(_random.Next(store.Servers.Count));
            if (await Refusals.AcceptedAsync(() => client.GetAsync(store.Bucket, null, token, query), token) is { } answer)
            {
                return XDocument.Parse(answer.Text).Root!;
            }
        }

        return null;
    }
}
