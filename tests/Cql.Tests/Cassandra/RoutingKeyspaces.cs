using System.Net;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Support;
using S3Cassandra.Support.Cassandra;

namespace S3Cassandra.Cql.Tests.Cassandra;

/// <summary>Keyspaces of one, two and three replicas on three nodes, with a table each, and the counts of every node.</summary>
public sealed class RoutingKeyspaces(SharedCassandra cassandra) : IAsyncLifetime
{
    private const int Nodes = 3;
    private readonly string _name = $"route_{Guid.NewGuid():N}"[..16];
    private readonly List<NodeProbe> _probes = [];
    private CqlSession? _admin;

    internal IReadOnlyList<NodeProbe> Probes => _probes;

    public string Keyspace(int replicas) => $"{_name}{replicas}";

    public string Table(int replicas) => $"{Keyspace(replicas)}.t";

    /// <summary>A session that knows where the keyspaces' rows are.</summary>
    public async Task<CqlSession> ConnectAsync(ProtocolVersion version, CancellationToken token)
    {
        var nodes = (await cassandra.ThreeAsync()).EndPoints;
        if (_admin is null)
        {
            await CreateAsync(nodes, token);
        }

        var session = await KeyspaceFixture.ConnectAsync(nodes, null, version, token);
        await Eventually.HoldsAsync(() => Enumerable.Range(1, Nodes).All(replicas => session.Replicas(Keyspace(replicas), [0]).Count == replicas));
        return session;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var probe in _probes)
        {
            await probe.DisposeAsync();
        }

        if (_admin is not null)
        {
            for (var replicas = 1; replicas <= Nodes; replicas++)
            {
                await _admin.RunAsync($"DROP KEYSPACE IF EXISTS {Keyspace(replicas)}", CancellationToken.None);
            }

            await _admin.DisposeAsync();
        }
    }

    internal Task<Dictionary<IPEndPoint, long>> CoordinatedAsync(CancellationToken token) => CountAsync(probe => probe.CoordinatedAsync(token));

    internal Task<Dictionary<IPEndPoint, long>> ReadAsync(int replicas, CancellationToken token) =>
        CountAsync(probe => probe.LocalReadsAsync(Keyspace(replicas), "t", token));

    private async Task CreateAsync(IReadOnlyList<IPEndPoint> nodes, CancellationToken token)
    {
        _admin = await KeyspaceFixture.ConnectAsync(nodes, null, ProtocolVersion.V4, token);
        for (var replicas = 1; replicas <= Nodes; replicas++)
        {
            await KeyspaceFixture.CreateAsync(_admin, Keyspace(replicas), replicas, token);
            await _admin.RunAsync($"CREATE TABLE {Table(replicas)} (k int PRIMARY KEY, v int)", token);
        }

        foreach (var node in nodes)
        {
            _probes.Add(await NodeProbe.OpenAsync(node, token));
        }
    }

    private async Task<Dictionary<IPEndPoint, long>> CountAsync(Func<NodeProbe, Task<long>> count)
    {
        var counts = new Dictionary<IPEndPoint, long>();
        foreach (var probe in _probes)
        {
            counts[probe.Node] = await count(probe);
        }

        return counts;
    }
}
