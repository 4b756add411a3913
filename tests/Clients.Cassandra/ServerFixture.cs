using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using S3Cassandra.Support;
using S3Cassandra.Support.Cassandra;

[assembly: AssemblyFixture(typeof(ServerFixture))]

namespace S3Cassandra.Clients.Cassandra;

/// <summary>
/// One server for all clients, its store in a keyspace of its own on a real Cassandra, the schema installed by the program's own verb, twice
/// at once. Without a Cassandra each test is skipped, and fails where CI=true, with the reason.
/// </summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly SharedCassandra _cassandra = new();
    private ServerProcess? _server;
    private Exception? _failure;

    public S3Endpoint Endpoint
    {
        get
        {
            if (_failure is not null)
            {
                ExceptionDispatchInfo.Throw(_failure);
            }

            return _server!.Endpoint;
        }
    }

    /// <summary>The configured domain; it resolves nowhere, so only clients with a proxy setting can name it.</summary>
    public string Domain { get; } = "s3.example.com";

    /// <summary>What the server printed so far.</summary>
    public string Output => _server!.Output;

    /// <summary>Completes once the server has printed a text.</summary>
    public Task PrintedAsync(string text, CancellationToken token) => _server!.PrintedAsync(text, token);

    public async ValueTask InitializeAsync()
    {
        try
        {
            await StartAsync(TestContext.Current.CancellationToken);
        }
        catch (Exception failure)
        {
            // A fixture that throws fails everything, even where it wants to skip.
            _failure = failure;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        await _cassandra.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>A bucket name that no other test has.</summary>
    public static string NewBucketName() => $"clients-{Guid.NewGuid():N}"[..30];

    private async Task StartAsync(CancellationToken token)
    {
        var points = await _cassandra.AnyAsync();
        string[] store = [.. points.SelectMany(point => new[] { "--cassandra", point.ToString() }), "--keyspace", $"clients_{Guid.NewGuid():N}"[..20]];
        var program = ServerProcess.Program;
        var install = new Command(program[0], [.. program.Skip(1), "schema", "install", .. store, "--replication", "dc1=1", "--allow-single-replica"]);
        await Task.WhenAll(install.SucceedAsync(token), install.SucceedAsync(token));
        _server = await ServerProcess.StartAsync(
            new ServerSettings(_folder.Path)
            {
                Store = store,
                Domain = Domain,
                AccessKey = "AKIAIOSFODNN7EXAMPLE",
                SecretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                Arguments = ["--allow-sample-keys"],
                Environment = new Dictionary<string, string>
                {
                    ["S3CASSANDRA_MASTER_KEYS"] = $"key-1:{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}",
                },
            },
            token);
    }
}
