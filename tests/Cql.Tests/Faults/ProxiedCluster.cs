using System.Net;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Tests.Cassandra;
using S3Cassandra.Support.Cassandra;
using S3Cassandra.Support.Faults;

namespace S3Cassandra.Cql.Tests.Faults;

/// <summary>Nodes behind a proxy each, a keyspace on all of them, and a session that knows only the proxies.</summary>
internal sealed class ProxiedCluster : IAsyncDisposable
{
    private int _sent;

    private ProxiedCluster(IReadOnlyList<IPEndPoint> nodes, string keyspace)
    {
        Proxies = [.. nodes.Select(CqlFaultProxy.Start)];
        Keyspace = keyspace;
    }

    public IReadOnlyList<CqlFaultProxy> Proxies { get; }

    public string Keyspace { get; }

    public CqlSession Session { get; private set; } = null!;

    /// <summary>Requests of the kind that <see cref="FaultAsync"/> was last asked for, at all proxies together.</summary>
    public int Sent => Volatile.Read(ref _sent);

    public static async Task<ProxiedCluster> StartAsync(
        CassandraCluster cassandra, Func<CqlSessionOptions, CqlSessionOptions>? change, CancellationToken token)
    {
        var nodes = cassandra.EndPoints;
        var cluster = new ProxiedCluster(nodes, $"fault_{Guid.NewGuid():N}"[..16]);
        await using (var admin = await KeyspaceFixture.ConnectAsync(nodes, null, ProtocolVersion.V4, token))
        {
            await KeyspaceFixture.CreateAsync(admin, cluster.Keyspace, nodes.Count, token);
        }

        cluster.Session = await cluster.ConnectAsync(change ?? (static options => options), token);
        return cluster;
    }

    /// <summary>One more session that knows only the proxies.</summary>
    public ValueTask<CqlSession> ConnectAsync(Func<CqlSessionOptions, CqlSessionOptions> change, CancellationToken token) => CqlSession.ConnectAsync(
        change(KeyspaceFixture.Options([.. Proxies.Select(proxy => proxy.EndPoint)]) with
        {
            Keyspace = Keyspace,
            AddressTranslator = node => Proxies.First(proxy => proxy.Node.Equals(node)).EndPoint,
        }),
        token);

    /// <summary>Does something to the first requests of a kind, wherever they go, and counts all of that kind.</summary>
    /// <returns>Completes when the last of them has come.</returns>
    public Task FaultAsync(Predicate<CqlFrame> fits, CqlFault fault, int times = 1)
    {
        var left = times;
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        foreach (var proxy in Proxies)
        {
            proxy.Add(request =>
            {
                if (!fits(request))
                {
                    return null;
                }

                Interlocked.Increment(ref _sent);
                var number = Interlocked.Decrement(ref left);
                if (number == 0)
                {
                    met.SetResult();
                }

                return number >= 0 ? fault : null;
            });
        }

        return met.Task;
    }

    /// <summary>Removes what <see cref="FaultAsync"/> was asked for, and counts from nothing.</summary>
    public void Reset()
    {
        foreach (var proxy in Proxies)
        {
            proxy.RemoveRules();
        }

        Volatile.Write(ref _sent, 0);
    }

    public async ValueTask DisposeAsync()
    {
        Reset();

        await Session.DisposeAsync();
        foreach (var proxy in Proxies)
        {
            await proxy.DisposeAsync();
        }

        await using var admin = await KeyspaceFixture.ConnectAsync([.. Proxies.Select(proxy => proxy.Node)], null, ProtocolVersion.V4, CancellationToken.None);
        await admin.RunAsync($"DROP KEYSPACE {Keyspace}", CancellationToken.None);
    }
}
