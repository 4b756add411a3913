using System.Globalization;
using S3Cassandra.Support;
using S3Cassandra.Support.Cassandra;
using S3Cassandra.Support.Faults;

namespace S3Cassandra.Reliability.Cassandra.Tests;

/// <summary>Nodes, and the proxies that stand before them.</summary>
internal sealed record ProxiedCluster(IReadOnlyList<CassandraNode> Nodes, IReadOnlyList<CqlFaultProxy> Proxies)
{
    private string? _shared;

    /// <summary>Arguments that name a keyspace here.</summary>
    public IReadOnlyList<string> Arguments(string keyspace) =>
        [.. Proxies.SelectMany(proxy => new[] { "--cassandra", proxy.EndPoint.ToString() }), "--keyspace", keyspace];

    /// <summary>The keyspace of tests that keep apart by their buckets, made when it is first asked for.</summary>
    public async Task<string> SharedKeyspaceAsync(CancellationToken token) => _shared ??= await InstallAsync(token);

    /// <summary>Makes a keyspace with the schema in it, a replica on every node.</summary>
    public async Task<string> InstallAsync(CancellationToken token)
    {
        var keyspace = $"reliability_{Guid.NewGuid():N}"[..24];
        var replicas = string.Create(CultureInfo.InvariantCulture, $"dc1={Nodes.Count}");
        var installed = await ServerProcess.RunAsync(["schema", "install", .. Arguments(keyspace), "--replication", replicas], token);
        Assert.True(installed.ExitCode == 0, installed.ToString());
        return keyspace;
    }

    /// <summary>Does something to requests at every proxy.</summary>
    public void Add(CqlFaultRule rule)
    {
        foreach (var proxy in Proxies)
        {
            proxy.Add(rule);
        }
    }

    public void RemoveRules()
    {
        foreach (var proxy in Proxies)
        {
            proxy.RemoveRules();
        }
    }
}
