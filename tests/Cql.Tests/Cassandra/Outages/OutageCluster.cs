using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Tests.FakeCassandra;
using S3Cassandra.Support;
using S3Cassandra.Support.Cassandra;

namespace S3Cassandra.Cql.Tests.Cassandra.Outages;

/// <summary>Three nodes of a test class's own, which it may do anything to, with a keyspace on all of them; started when first asked for.</summary>
public sealed class OutageCluster : IAsyncLifetime
{
    public const string Keyspace = "outage";
    private CassandraCluster? _cluster;

    public async Task<CassandraCluster> StartAsync(CancellationToken token)
    {
        if (_cluster is null)
        {
            _cluster = await CassandraCluster.StartAsync(3, new CassandraNodeSettings { Heap = "512M" }, token);
            await using var admin = await KeyspaceFixture.ConnectAsync(_cluster.EndPoints, null, ProtocolVersion.V4, token);
            await KeyspaceFixture.CreateAsync(admin, Keyspace, 3, token);
            await Load.CreateTablesAsync(admin, token);
        }

        return _cluster;
    }

    /// <summary>A session whose control connection is to one node at first, and which finds out soon about nodes that say nothing.</summary>
    internal static async Task<CqlSession> ConnectAsync(CassandraNode first, RecordedLog log, ProtocolVersion version, CancellationToken token)
    {
        var session = await CqlSession.ConnectAsync(
            KeyspaceFixture.Options([first.EndPoint]) with
            {
                Keyspace = Keyspace,
                ProtocolVersion = version,
                RequestTimeout = TimeSpan.FromSeconds(10),
                ConnectTimeout = TimeSpan.FromSeconds(5),
                HeartbeatInterval = TimeSpan.FromSeconds(1),
                HeartbeatTimeout = TimeSpan.FromSeconds(2),
                LoggerFactory = log,
            },
            token);
        await Eventually.HoldsAsync(() => session.Nodes.Count == 3 && session.Nodes.All(node => node.IsUp));
        return session;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
    }
}
