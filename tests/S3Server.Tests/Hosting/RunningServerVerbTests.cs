using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using S3Cassandra.S3Server.Configuration;
using S3Cassandra.S3Server.Hosting;
using S3Cassandra.S3Server.Hosting.Administration;
using S3Cassandra.S3Server.Hosting.Verbs;
using S3Cassandra.Storage.Embedded;
using S3Cassandra.Storage.Encryption;
using S3Cassandra.Support;

namespace S3Cassandra.S3Server.Tests.Hosting;

/// <summary>Verbs on a data folder that a server has open: the server does what they ask for.</summary>
public sealed class RunningServerVerbTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private EmbeddedStore _store = null!;
    private ServerHost _host = null!;
    private RootKey _root = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Data => _folder["data"];

    private string Socket => Path.Combine(Data, AdministrationSocket.FileName);

    public async ValueTask InitializeAsync() => await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_server_does_what_verbs_ask_for_and_knows_it_at_once()
    {
        await DoAsync("user", "create", "ann");
        var key = await DoAsync("key", "create", "--user", "ann");
        using var ann = Client(Value(key, "AccessKeyId"), Value(key, "SecretAccessKey"));
        using var root = Client(_root.Id, _root.Secret);
        await root.CreateBucketAsync("bucket", Token);
        Assert.Equal(HttpStatusCode.Forbidden, (await ann.GetAsync("bucket", null, Token)).Status);
        await DoAsync("group", "create", "staff");
        await DoAsync("group", "add", "staff", "ann");
        await DoAsync("group", "attach", "staff", "AmazonS3ReadOnlyAccess");
        Assert.Equal(HttpStatusCode.OK, (await ann.GetAsync("bucket", null, Token)).Status);
        await DoAsync("group", "remove", "staff", "ann");
        Assert.Equal(HttpStatusCode.Forbidden, (await ann.GetAsync("bucket", null, Token)).Status);
        await DoAsync("key", "disable", Value(key, "AccessKeyId"), "--user", "ann");
        Assert.Contains("<Code>InvalidAccessKeyId</Code>", (await ann.GetAsync("bucket", null, Token)).Text, StringComparison.Ordinal);

        var account = await DoAsync("account", "create", "partner");
        using var partner = Client(Value(account, "access key id"), Value(account, "secret access key"));
        Assert.Equal(HttpStatusCode.Forbidden, (await partner.GetAsync("bucket", null, Token)).Status);
        Assert.Contains(Value(account, "account id"), await DoAsync("account", "list"), StringComparison.Ordinal);
        await DoAsync("user", "create", "eve", "--account", Value(account, "account id"));
        Assert.DoesNotContain("eve", await DoAsync("user", "list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_servers_audit_log_tells_of_them()
    {
        await DoAsync("user", "create", "ann");
        var key = await DoAsync("key", "create", "--user", "ann");
        await DoAsync("user", "list");
        Assert.Equal(1, await RunAsync("user", ["create", "ann"], TextWriter.Null));
        await StopAsync();
        var text = await File.ReadAllTextAsync(_folder["audit.log"], Token);
        var lines = text.Trim().Split('\n').Select(line => JsonDocument.Parse(line).RootElement.GetProperty("operation").GetString());
        Assert.Equal(["CreateUser", "CreateAccessKey"], lines);
        Assert.DoesNotContain(Value(key, "SecretAccessKey"), text, StringComparison.Ordinal);
        await StartAsync();
    }

    [Fact]
    public async Task Only_the_folders_owner_may_connect_and_a_stopped_server_leaves_nothing()
    {
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Socket) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        await StopAsync();
        Assert.False(File.Exists(Socket));
        await DoAsync("user", "create", "ann");

        // What a killed server leaves: a socket that nobody listens on.
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            dead.Bind(new UnixDomainSocketEndPoint(Socket));
        }

        Assert.Contains("ann", await DoAsync("user", "list"), StringComparison.Ordinal);
        await StartAsync();
        Assert.Contains("ann", await DoAsync("user", "list"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense\n")]
    [InlineData("{\"Verb\":\"user create\"\n")]
    public async Task What_is_no_request_gets_no_answer_and_harms_nobody(string sent)
    {
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket), Token);
            await socket.SendAsync(System.Text.Encoding.UTF8.GetBytes(sent), Token);
            socket.Shutdown(SocketShutdown.Send);
            Assert.Equal(0, await socket.ReceiveAsync(new byte[16], Token));
        }

        await DoAsync("user", "create", "ann");
    }

    private async Task StartAsync()
    {
        Directory.CreateDirectory(Data);
        var options = new ServerOptions
        {
            Listen = [ListenAddress.TryParse("127.0.0.1:0", isTlsByDefault: false)!],
            DataFolder = Data,
            CloseDelay = TimeSpan.Zero,
            AccessLog = null,
            AuditLog = _folder["audit.log"],
        };
        _root = RootKey.Load(options);
        _store = EmbeddedStore.Open(new EmbeddedStoreOptions { Directory = Data });
        _host = await ServerHost.StartAsync(
            options,
            new StoreSeams(_store.Index, _store.Blobs, _store.Catalog, _store.Options.InlineThreshold),
            new KeyRing([new MasterKey("test", new byte[MasterKey.KeyLength])]),
            _root,
            TimeProvider.System,
            NullLoggerFactory.Instance,
            accessLog: null,
            Token);
    }

    private async Task StopAsync()
    {
        await _host.DisposeAsync();
        await _store.DisposeAsync();
    }

    private S3Client Client(string id, string secret) => new(new S3Endpoint(new Uri(_host.Addresses[0]), id, secret));

    private async Task<string> DoAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        Assert.Equal(0, await RunAsync(arguments[0], arguments[1..], output));
        return output.ToString();
    }

    private Task<int> RunAsync(string word, IReadOnlyList<string> arguments, TextWriter output)
    {
        IReadOnlyList<string> rest = [.. arguments, "--data", Data];
        return word == "account" ? AccountVerb.RunAsync(rest, output) : IdentityVerb.RunAsync(word, rest, output);
    }

    private static string Value(string output, string name) =>
        output.Split('\n').Single(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Trim();
}
