using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Xml.Linq;
using S3Cassandra.Support;

namespace S3Cassandra.Reliability.Cassandra.Tests;

/// <summary>
/// Very many buckets are listed in pages, each once and in order. S3CASSANDRA_BUCKETS=100000 is the full size; their records are copies of one
/// that was made, put into the catalog's table directly.
/// </summary>
[Collection(ClusterCollection.Name)]
public sealed class ManyBucketsTests(ProxiedNodes nodes, ITestOutputHelper output)
{
    /// <summary>The table of buckets, as the catalog numbers it.</summary>
    private const int BucketTable = 1;
    private const int PageSize = 1_000;
    private const int PlantedAtOnce = 250;

    private static readonly int Buckets =
        int.TryParse(Environment.GetEnvironmentVariable("S3CASSANDRA_BUCKETS"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 10_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_are_listed_in_pages_each_once_and_in_order()
    {
        await using var store = await DamagedStore.StartAsync(await nodes.StartAsync(1, Token), Token);
        await PlantAsync(store);
        var begun = Stopwatch.GetTimestamp();
        var (names, pages) = (new List<string>(Buckets), 0);
        for (string? next = ""; next is not null; pages++)
        {
            var page = await store.Store.Patient(0).SendAsync(HttpMethod.Get, "", null, $"max-buckets={PageSize}{next}", null, [], Token);
            Assert.True(page.IsSuccess, page.Text);
            var document = XDocument.Parse(page.Text).Root!;
            var space = document.Name.Namespace;
            names.AddRange(document.Descendants(space + "Bucket").Select(bucket => bucket.Element(space + "Name")!.Value));
            next = document.Element(space + "ContinuationToken") is { } token ? "&continuation-token=" + SignatureV4.Encode(token.Value) : null;
        }

        output.WriteLine($"{names.Count} buckets in {pages} pages within {Stopwatch.GetElapsedTime(begun).TotalSeconds:F1} s");
        Assert.Equal([store.Store.Bucket, .. Enumerable.Range(0, Buckets).Select(NameOf)], names);
        Assert.InRange(pages, (Buckets / PageSize) + 1, (Buckets / PageSize) + 2);
    }

    private static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"many-{number:D6}");

    private static async Task PlantAsync(DamagedStore store)
    {
        const string columns = "tbl, sec, key, revision, ver, value";
        var name = Convert.ToHexString(Encoding.UTF8.GetBytes(store.Store.Bucket));
        var row = await store.RowAsync($"SELECT {columns} FROM catalog WHERE tbl = {BucketTable} AND sec = 0 AND key = 0x{name}", Token);
        var ver = new Guid(Convert.FromHexString(row[4]), bigEndian: true);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Token };
        await Parallel.ForEachAsync(Enumerable.Range(0, Buckets).Chunk(PlantedAtOnce), parallel, async (numbers, stop) =>
        {
            var batch = new StringBuilder("BEGIN UNLOGGED BATCH ");
            foreach (var number in numbers)
            {
                var key = Convert.ToHexString(Encoding.UTF8.GetBytes(NameOf(number)));
                batch.Append(CultureInfo.InvariantCulture, $"INSERT INTO catalog ({columns}) VALUES ({BucketTable}, 0, 0x{key}, {number + 1000}, {ver}, 0x{row[5]});");
            }

            await store.RunAsync(batch.Append("APPLY BATCH").ToString(), stop);
        });
    }
}
