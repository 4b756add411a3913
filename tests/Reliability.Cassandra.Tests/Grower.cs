using System.Collections.Concurrent;
using System.Globalization;

namespace S3Cassandra.Reliability.Cassandra.Tests;

/// <summary>
/// Has a bucket grow, key by key, so that its shards are split while something is done to their servers (of shards of
/// <see cref="ShardBytes"/>), and knows afterwards what must be there.
/// </summary>
internal sealed class Grower(ServedStore store)
{
    /// <summary>The smallest size of shards that a server takes: <c>--shard-bytes</c>.</summary>
    public const int ShardBytes = 64 * 1024;

    private const int MostKeys = 600;
    private const int Writers = 2;

    private readonly ConcurrentDictionary<int, bool> _acknowledged = new();
    private int _last;

    /// <summary>Writes until it is cancelled, or the bucket is as large as it gets.</summary>
    public Task RunAsync(CancellationToken token) =>
        Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => WriteAsync(writer, token)));

    /// <summary>Whatever was acknowledged is there, by every server.</summary>
    public async Task VerifyAsync(CancellationToken token)
    {
        Assert.NotEmpty(_acknowledged);
        for (var server = 0; server < store.Servers.Count; server++)
        {
            var client = store.Patient(server);
            await Parallel.ForEachAsync(_acknowledged.Keys, token, async (number, stop) =>
            {
                var answer = await client.GetAsync(store.Bucket, KeyOf(number), stop);
                Assert.True(answer.IsSuccess, $"{KeyOf(number)} was acknowledged: {answer.Status} {answer.Text}");
                Assert.Equal(BodyOf(number), answer.Body);
            });
        }
    }

    private static string KeyOf(int number) => string.Create(CultureInfo.InvariantCulture, $"grown/{number % 10}/{number:D5}");

    private static byte[] BodyOf(int number)
    {
        var body = new byte[4096];
        new Random(number).NextBytes(body);
        return body;
    }

    private async Task WriteAsync(int writer, CancellationToken token)
    {
        while (!token.IsCancellationRequested && Interlocked.Increment(ref _last) is var number && number <= MostKeys)
        {
            var server = (writer + number) % store.Servers.Count;
            if (await Refusals.AcceptedAsync(() => store.Client(server).PutAsync(store.Bucket, KeyOf(number), BodyOf(number), token), token) is not null)
            {
                _acknowledged[number] = true;
            }
        }
    }
}
