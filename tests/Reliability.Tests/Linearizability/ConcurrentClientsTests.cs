using S3Cassandra.Reliability.Tests.Load;
using S3Cassandra.Support;

namespace S3Cassandra.Reliability.Tests.Linearizability;

/// <summary>Histories recorded on the real server.</summary>
public class ConcurrentClientsTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(12, 3)]
    public async Task Concurrent_clients_see_one_order_per_key(int clients, int keys)
    {
        var token = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(new(folder.Path), token);
        using var client = new S3Client(server.Endpoint);
        await client.CreateBucketAsync("histories", token);
        var load = new MixedLoad(new("histories", "") { Clients = clients, Keys = keys, Operations = 1500, Seed = clients, LargeSize = 1 << 20 }, new());
        await load.PutSourcesAsync(client, token);
        await load.RunAsync(server.Endpoint, token);
        Assert.False(server.HasExited, server.Output);
        Assert.NotEmpty(load.Recorder.Operations);
        await load.SettleAsync(client, token);
    }
}
