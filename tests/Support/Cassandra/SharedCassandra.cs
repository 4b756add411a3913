using System.Net;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;

namespace S3Cassandra.Support.Cassandra;

/// <summary>
/// Cassandra for the tests of an assembly, each kind started once, when a test first asks for it. A plain node is found in this order:
/// CASSANDRA_CONTACT_POINTS (<c>host[:port],…</c>), <see cref="CassandraHome"/>, Docker; else the test is skipped, and fails where
/// CI=true. What a test stops, or asks passwords and certificates of, is always started from <see cref="CassandraHome"/>.
/// </summary>
public sealed class SharedCassandra : IAsyncDisposable
{
    private const string Image = "cassandra:5.0";

    private readonly Lazy<Task<IReadOnlyList<IPEndPoint>>> _any;
    private readonly Lazy<Task<CassandraCluster>> _single;
    private readonly Lazy<Task<CassandraCluster>> _three;
    private readonly Lazy<Task<SecuredCassandra>> _secured;
    private IContainer? _container;

    public SharedCassandra()
    {
        _single = new(() => CassandraCluster.StartAsync(1, new CassandraNodeSettings { Heap = "1024M" }, CancellationToken.None));
        _three = new(() => CassandraCluster.StartAsync(3, new CassandraNodeSettings(), CancellationToken.None));
        _secured = new(() => SecuredCassandra.StartAsync(asksForCertificates: false, CancellationToken.None));
        _any = new(FindAsync);
    }

    /// <summary>Contact points of a cluster of any size, without password or TLS.</summary>
    public Task<IReadOnlyList<IPEndPoint>> AnyAsync() => _any.Value;

    /// <summary>A node of the tests' own that may be stopped and started, if it is left running.</summary>
    public Task<CassandraCluster> SingleAsync() => _single.Value;

    /// <summary>Three nodes that may be stopped and started, if they are left running.</summary>
    public Task<CassandraCluster> ThreeAsync() => _three.Value;

    /// <summary>A node that asks for a password and TLS.</summary>
    public Task<SecuredCassandra> SecuredAsync() => _secured.Value;

    public async ValueTask DisposeAsync()
    {
        await DisposeAsync(_single);
        await DisposeAsync(_three);
        await DisposeAsync(_secured);
        if (_container is not null)
        {
            await _container.DisposeAsync();
        }
    }

    private static async Task DisposeAsync<T>(Lazy<Task<T>> lazy)
        where T : IAsyncDisposable
    {
        // What did not start has cleaned up after itself.
        if (lazy.IsValueCreated && lazy.Value.IsCompletedSuccessfully)
        {
            await (await lazy.Value).DisposeAsync();
        }
    }

    private async Task<IReadOnlyList<IPEndPoint>> FindAsync()
    {
        var choice = CassandraChoice.Current;
        return choice.Source switch
        {
            CassandraSource.ContactPoints => await ContactPointList.ResolveAsync(choice.ContactPoints!),
            CassandraSource.Home => (await SingleAsync()).EndPoints,
            _ => [await StartContainerAsync()],
        };
    }

    private async Task<IPEndPoint> StartContainerAsync()
    {
        try
        {
            _container = new ContainerBuilder(Image)
                .WithEnvironment("MAX_HEAP_SIZE", "1024M")
                .WithEnvironment("HEAP_NEWSIZE", "256M")
                .WithPortBinding(CassandraNode.Port, assignRandomHostPort: true)
                .WithWaitStrategy(Wait.ForUnixContainer().UntilMessageIsLogged("Startup complete"))
                .Build();
        }
        catch (DockerUnavailableException exception)
        {
            Prerequisite.Require(
                false,
                $"no Cassandra: set {CassandraChoice.ContactPointsVariable} to a cluster's host:port, or {CassandraChoice.HomeVariable} to a folder with bin/node, or run Docker "
                + $"({exception.Message.Split('\n')[0]})");
            throw;
        }

        await _container.StartAsync();
        var host = await Dns.GetHostAddressesAsync(_container.Hostname);
        return new(host[0], _container.GetMappedPublicPort(CassandraNode.Port));
    }
}
