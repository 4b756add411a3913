using S3Cassandra.Support;

namespace S3Cassandra.Reliability.Tests.Crowds;

/// <summary>Many clients that take their time cost little memory and keep nobody from being served.</summary>
public class CrowdTests(ITestOutputHelper output)
{
    private const string Bucket = "crowd";
    private const int Size = 16 << 20;
    private const int Readers = 400;
    private const int Idle = 400;

    /// <summary>What may be resident at its peak under any load. 400 readers that each keep a MiB would take more.</summary>
    private const long MostBytes = 350L << 20;

    [Fact(Timeout = 1_200_000)]
    public async Task Slow_readers_and_idle_connections_cost_little_memory_and_keep_nobody_waiting()
    {
        var token = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(new(folder.Path), token);
        using var client = new S3Client(server.Endpoint);
        await client.CreateBucketAsync(Bucket, token);
        var body = new byte[Size];
        new Random(Size).NextBytes(body);
        Assert.True((await client.PutAsync(Bucket, "large", body, token)).IsSuccess);
        using var crowd = new SlowCrowd(server.Endpoint);
        for (var number = 0; number < Idle; number++)
        {
            await crowd.AddIdleAsync(token);
        }

        for (var number = 0; number < Readers; number++)
        {
            await crowd.AddReaderAsync(Bucket, "large", token);
        }

        // Others put and get beside them, also what needs chunks.
        for (var number = 0; number < 20; number++)
        {
            var written = body.AsSpan(number * 100_000, 1 << 20).ToArray();
            Assert.True((await client.PutAsync(Bucket, $"other/{number}", written, token)).IsSuccess);
            Assert.Equal(written, (await client.GetAsync(Bucket, $"other/{number}", token)).Body);
        }

        output.WriteLine($"{server.PeakResidentBytes >> 20} MiB at most beside {crowd.Readers} slow readers");
        Assert.InRange(server.PeakResidentBytes, 1, MostBytes);

        // A slow reader gets every byte in the end.
        foreach (var reader in new[] { 0, Readers / 2, Readers - 1 })
        {
            var received = await crowd.FinishAsync(reader, token);
            Assert.True(body.AsSpan().SequenceEqual(received));
        }

        Assert.False(server.HasExited, server.Output);
    }
}
