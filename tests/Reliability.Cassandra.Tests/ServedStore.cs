using System.Diagnostics;
using System.Net;
using S3Cassandra.Support;

namespace S3Cassandra.Reliability.Cassandra.Tests;

/// <summary>A keyspace of its own with the schema in it, and servers side by side over it, any of which may be killed and started again.</summary>
internal sealed class ServedStore : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<ServerProcess> _servers = [];
    private readonly List<S3Client> _clients = [];
    private readonly List<S3Client> _patient = [];
    private readonly List<S3Client> _retired = [];

    private ServedStore(ProxiedCluster cluster, string keyspace)
    {
        Cluster = cluster;
        Arguments = cluster.Arguments(keyspace);
    }

    /// <summary>A bucket that no other test has.</summary>
    public string Bucket { get; } = $"cluster-{Guid.NewGuid():N}"[..24];

    public ProxiedCluster Cluster { get; }

    /// <summary>What names the store to every verb.</summary>
    public IReadOnlyList<string> Arguments { get; }

    public IReadOnlyList<ServerProcess> Servers => _servers;

    /// <summary>
    /// More arguments of servers that are started from now on, beside the smallest shards that there are: whatever a test does, some are
    /// being split meanwhile.
    /// </summary>
    public IReadOnlyList<string> ServerArguments { get; set; } = [];

    /// <summary>A client of each server as it runs now.</summary>
    public S3Client Client(int server) => _clients[server];

    /// <summary>
    /// One for what is to be done whatever it takes, and for looking at what is there: while nothing is done to nodes and servers a busy machine
    /// alone may keep a store from answering in time. Beyond <see cref="Eventually.Limit"/> that is a failure.
    /// </summary>
    public S3Client Patient(int server) => _patient[server];

    /// <summary>Servers over the keyspace that the cluster's tests share: tables on three busy nodes take their time.</summary>
    public static async Task<ServedStore> StartAsync(ProxiedCluster cluster, int servers, CancellationToken token)
    {
        var store = new ServedStore(cluster, await cluster.SharedKeyspaceAsync(token));
        return await store.WithAsync(servers, token);
    }

    /// <summary>Servers over a keyspace of their own.</summary>
    public static async Task<ServedStore> StartAloneAsync(ProxiedCluster cluster, int servers, CancellationToken token) =>
        await new ServedStore(cluster, await cluster.InstallAsync(token)).WithAsync(servers, token);

    public async Task AddServerAsync(CancellationToken token, string? crashPoint = null)
    {
        var server = await StartServerAsync(crashPoint, token);
        _servers.Add(server);
        _clients.Add(new S3Client(server.Endpoint));
        _patient.Add(NewPatient(server));
    }

    /// <summary>Puts a new process in the place of one that ended.</summary>
    public async Task RestartAsync(int server, CancellationToken token)
    {
        await _servers[server].DisposeAsync();
        _servers[server] = await StartServerAsync(null, token);
        _retired.AddRange([_clients[server], _patient[server]]);
        _clients[server] = new S3Client(_servers[server].Endpoint);
        _patient[server] = NewPatient(_servers[server]);
    }

    /// <summary>Waits until every server takes writes and shows what was written by another: by itself, with nothing done to any of them.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> UntilServedAsync(CancellationToken token)
    {
        var begun = Stopwatch.GetTimestamp();
        foreach (var (place, client) in _clients.Index())
        {
            var key = $"healed/{Guid.NewGuid():N}";
            await UntilAsync($"server {place} takes writes", () => client.PutAsync(Bucket, key, [1], token));
            await UntilAsync($"server {place}'s write is seen", () => _clients[^(place + 1)].GetAsync(Bucket, key, token));
        }

        return Stopwatch.GetElapsedTime(begun);

        Task UntilAsync(string what, Func<Task<S3Response>> ask) =>
            Eventually.GetAsync(what, () => TryAsync(ask), static answer => answer is { IsSuccess: true }, token);
    }

    /// <summary>The store is sound: O5.</summary>
    public async Task CheckAsync(CancellationToken token)
    {
        var result = await ServerProcess.FsckAsync(Arguments, token);
        Assert.True(result.ExitCode == 0, result.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            // One that stands still cannot end.
            if (!server.HasExited)
            {
                server.Resume();
            }

            await server.DisposeAsync();
        }

        foreach (var client in _clients.Concat(_patient).Concat(_retired))
        {
            client.Dispose();
        }

        _folder.Dispose();
    }

    private async Task<ServedStore> WithAsync(int servers, CancellationToken token)
    {
        try
        {
            for (var server = 0; server < servers; server++)
            {
                await AddServerAsync(token);
            }

            if (servers > 0)
            {
                await Patient(0).CreateBucketAsync(Bucket, token);
            }

            return this;
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    private static S3Client NewPatient(ServerProcess server) => new(server.Endpoint) { Patience = Eventually.Limit };

    private static async Task<S3Response?> TryAsync(Func<Task<S3Response>> ask)
    {
        try
        {
            var answer = await ask();
            return answer.Status == HttpStatusCode.InternalServerError ? throw new InvalidOperationException(answer.Text) : answer;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return null;
        }
    }

    private Task<ServerProcess> StartServerAsync(string? crashPoint, CancellationToken token) => ServerProcess.StartAsync(
        new ServerSettings(_folder.Path)
        {
            Store = Arguments,
            Arguments = ["--shard-bytes", $"{Grower.ShardBytes}", .. ServerArguments],
            StartLimit = Eventually.Limit,
            Environment = crashPoint is null ? [] : new Dictionary<string, string> { ["S3CASSANDRA_CRASH_POINT"] = crashPoint },
        },
        token);
}
