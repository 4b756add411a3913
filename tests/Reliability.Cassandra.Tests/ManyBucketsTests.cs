using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Xml.Linq;
using S3Cassandra.Support;

namespace S3Cassandra.Reliability.Cassandra.Tests;

/// <summary>
/// Very many buckets are listed in pages, each once and in order. S3CASSANDRA_BUCKETS=100000 is the full size; they are copies of one that was
/// made, with ids and maps of their own, put into the tables directly, and without shards.
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
        var (ver, record) = (IdOf(row[4]), row[5]);
        var configuration = (await store.RowAsync($"SELECT record FROM bucket_config WHERE bucket = {IdIn(record)} AND epoch = 1", Token))[0];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Token };
        await Parallel.ForEachAsync(Enumerable.Range(0, Buckets).Chunk(PlantedAtOnce), parallel, async (numbers, stop) =>
        {
            var ids = numbers.ToDictionary(number => number, _ => Guid.NewGuid());
            await InsertAsync("bucket_config (bucket, epoch, record)", number => $"{ids[number]}, 1, 0x{configuration}");
            await InsertAsync("shard_map (bucket, lo, shard, epoch, epoch_done, state)", number => $"{ids[number]}, 0x, {Guid.NewGuid()}, 1, 1, 0");
            await InsertAsync($"catalog ({columns})", number =>
                $"{BucketTable}, 0, 0x{Convert.ToHexString(Encoding.UTF8.GetBytes(NameOf(number)))}, {number + 1000}, {ver}, 0x{WithId(record, ids[number])}");

            async Task InsertAsync(string into, Func<int, string> values)
            {
                var batch = new StringBuilder("BEGIN UNLOGGED BATCH ");
                foreach (var number in numbers)
                {
                    batch.Append(CultureInfo.InvariantCulture, $"INSERT INTO {into} VALUES ({values(number)});");
                }

                await store.RunAsync(batch.Append("APPLY BATCH").ToString(), stop);
            }
        });
    }

    private static Guid IdOf(string column) => new(Convert.FromHexString(column), bigEndian: true);

    /// <summary>The bucket's id comes after the first byte of its record, as .NET has it.</summary>
    private static Guid IdIn(string record) => new(Convert.FromHexString(record.AsSpan(2, 32)));

    private static string WithId(string record, Guid id) => $"{record[..2]}{Convert.ToHexString(id.ToByteArray())}{record[34..]}";
}
