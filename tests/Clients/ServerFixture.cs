using S3Cassandra.Clients;
using S3Cassandra.Support;

[assembly: AssemblyFixture(typeof(ServerFixture))]

namespace S3Cassandra.Clients;

/// <summary>
/// One server for all clients. S3CASSANDRA_TEST_ENDPOINT (with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY) names another one
/// instead, to compare with.
/// </summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _data = new();
    private ServerProcess? _server;

    public S3Endpoint Endpoint { get; private set; } = null!;

    /// <summary>The configured domain; it resolves nowhere, so only clients with a proxy setting can name it.</summary>
    public string Domain { get; } = "s3.example.com";

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("S3CASSANDRA_TEST_ENDPOINT") is { Length: > 0 } other)
        {
            Endpoint = new(new Uri(other), Variable("AWS_ACCESS_KEY_ID"), Variable("AWS_SECRET_ACCESS_KEY"));
            return;
        }

        _server = await ServerProcess.StartAsync(new(_data.Path) { Domain = Domain }, TestContext.Current.CancellationToken);
        Endpoint = _server.Endpoint;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _data.Dispose();
    }

    /// <summary>A bucket name that no other test has.</summary>
    public static string NewBucketName() => $"clients-{Guid.NewGuid():N}"[..30];

    private static string Variable(string name) =>
        Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set.");
}
