using S3Cassandra.Support.Cassandra;
using S3Cassandra.Support.Faults;

namespace S3Cassandra.Reliability.Cassandra.Tests;

/// <summary>
/// Nodes behind a proxy each, which is all that servers see of them: the nodes tell clients the proxies' addresses. Three for all tests of
/// the assembly, and one for those that want no more, each started when it is first asked for.
/// </summary>
public sealed class ProxiedNodes : IAsyncLifetime
{
    private readonly List<CassandraCluster> _clusters = [];
    private readonly Dictionary<int, ProxiedCluster> _started = [];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>The nodes, with proxies that pass everything.</summary>
    internal async Task<ProxiedCluster> StartAsync(int count, CancellationToken token)
    {
        if (!_started.TryGetValue(count, out var cluster))
        {
            var nodes = await CassandraCluster.StartAsync(count, new CassandraNodeSettings { Heap = "640M", BehindProxies = true }, token);
            _clusters.Add(nodes);
            cluster = new ProxiedCluster(nodes.Nodes, [.. nodes.Nodes.Select(node => CqlFaultProxy.Start(node.EndPoint, node.ProxyEndPoint))]);
            _started[count] = cluster;
        }

        cluster.RemoveRules();
        return cluster;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var proxy in _started.Values.SelectMany(cluster => cluster.Proxies))
        {
            await proxy.DisposeAsync();
        }

        foreach (var cluster in _clusters)
        {
            await cluster.DisposeAsync();
        }
    }
}
