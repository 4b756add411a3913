using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using S3Cassandra.S3Server.Configuration;
using S3Cassandra.S3Server.Hosting;
using S3Cassandra.Storage.Contract.InMemory;
using S3Cassandra.Storage.Encryption;

namespace S3Cassandra.S3Server.Tests.Server;

/// <summary>The whole server in this process, over a store in memory, on a port that the kernel chose.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    public const string AccessKey = "S3CTESTACCESSKEY0001";
    public const string SecretKey = "s3c+test/secret+key/0123456789abcdefghij";
    public const string Region = "eu-test-1";
    public const string Domain = "s3.example.com";

    private readonly MemoryStream? _accessLog;

    private TestServer(ServerHost host, InMemoryStore store, MemoryStream? accessLog)
    {
        Host = host;
        Store = store;
        _accessLog = accessLog;
        Address = new Uri(host.Addresses[0]);
        Client = new TestClient(Address);
    }

    public ServerHost Host { get; }

    public InMemoryStore Store { get; }

    public Uri Address { get; }

    public TestClient Client { get; }

    public static async Task<TestServer> StartAsync(
        Func<ServerOptions, ServerOptions>? change = null, bool withAccessLog = false, ILoggerFactory? logs = null)
    {
        var store = new InMemoryStore();
        var options = new ServerOptions
        {
            Listen = [ListenAddress.TryParse("127.0.0.1:0", isTlsByDefault: false)!],
            DataFolder = "/nonexistent",
            Domains = [Domain],
            Region = Region,
            AdminListen = ListenAddress.TryParse("127.0.0.1:0", isTlsByDefault: false),
            CloseDelay = TimeSpan.Zero,
        };
        options = change?.Invoke(options) ?? options;
        var accessLog = withAccessLog ? new MemoryStream() : null;
        var host = await ServerHost.StartAsync(
            options,
            new StoreSeams(store.Index, store.Blobs, store.Catalog, 64 * 1024),
            new KeyRing([new MasterKey("test", new byte[MasterKey.KeyLength])]),
            new RootKey(AccessKey, SecretKey, IsNew: false),
            TimeProvider.System,
            logs ?? NullLoggerFactory.Instance,
            accessLog,
            TestContext.Current.CancellationToken);
        return new TestServer(host, store, accessLog);
    }

    /// <summary>The same, with a bucket named "bucket".</summary>
    public static async Task<TestServer> StartWithBucketAsync(Func<ServerOptions, ServerOptions>? change = null, bool withAccessLog = false)
    {
        var server = await StartAsync(change, withAccessLog);
        var created = await server.Client.SignedAsync(
            "PUT", "/bucket", body: $"<CreateBucketConfiguration><LocationConstraint>{Region}</LocationConstraint></CreateBucketConfiguration>");
        Assert.Equal(200, created.Status);
        return server;
    }

    /// <summary>Stops the server and gives what it logged of its requests.</summary>
    public async Task<string> StopAndReadAccessLogAsync()
    {
        await Host.DisposeAsync();
        return System.Text.Encoding.UTF8.GetString(_accessLog!.ToArray());
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Store.DisposeAsync();
    }
}
