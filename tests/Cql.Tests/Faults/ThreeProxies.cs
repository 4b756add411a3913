using S3Cassandra.Cql.Tests.Cassandra;
using S3Cassandra.Support.Cassandra;

namespace S3Cassandra.Cql.Tests.Faults;

/// <summary>Three nodes behind proxies for the tests of a class, with a table <c>t (k int PRIMARY KEY, v int)</c>; each test has keys of its own.</summary>
public sealed class ThreeProxies(SharedCassandra cassandra) : IAsyncLifetime
{
    private const int KeysPerTest = 100;
    private ProxiedCluster? _cluster;
    private int _tests;

    /// <summary>A range of keys that no other test has.</summary>
    public int NextKeys() => ++_tests * KeysPerTest;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
    }

    /// <summary>The proxies, without rules and with nothing counted.</summary>
    internal async Task<ProxiedCluster> StartAsync(CancellationToken token)
    {
        if (_cluster is null)
        {
            _cluster = await ProxiedCluster.StartAsync(await cassandra.ThreeAsync(), null, token);
            await _cluster.Session.RunAsync("CREATE TABLE t (k int PRIMARY KEY, v int)", token);
        }

        _cluster.Reset();
        return _cluster;
    }
}
