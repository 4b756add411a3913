using System.Globalization;
using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using S3Cassandra.S3Server.Configuration;
using S3Cassandra.S3Server.Hosting;
using S3Cassandra.Storage.Encryption;
using S3Cassandra.Support;

namespace S3Cassandra.Functional.Tests;

/// <summary>The whole server in this process, over any store, on a port that the kernel chose.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    public const string AccessKey = "AKIDFUNCTIONALTESTS1";
    public const string SecretKey = "functional/tests/secret+key/0123456789ab";

    private readonly ServerHost _host;

    private RunningServer(ServerHost host, TestIdentityProvider identityProvider)
    {
        _host = host;
        IdentityProvider = identityProvider;
        Endpoint = new S3Endpoint(new Uri(host.Addresses[0]), AccessKey, SecretKey);
        Aws = CreateAwsClient();
        Raw = new S3Client(Endpoint);
    }

    public S3Endpoint Endpoint { get; }

    /// <summary>An OpenID Connect provider on this machine, which the server may reach.</summary>
    public TestIdentityProvider IdentityProvider { get; }

    /// <summary>The server's own parts, to make what only an operator makes.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>AWS's SDK with its defaults, in path style, without retries.</summary>
    public AmazonS3Client Aws { get; }

    /// <summary>One request at a time, signed, with any header.</summary>
    public S3Client Raw { get; }

    internal static async Task<RunningServer> StartAsync(
        StoreSeams store,
        Func<ServerOptions, ServerOptions>? configure = null,
        TimeProvider? time = null,
        ILoggerFactory? logs = null,
        Stream? accessLog = null)
    {
        var identityProvider = new TestIdentityProvider();
        var options = new ServerOptions
        {
            PrivateIdentityHosts = [new PrivateHost("127.0.0.1", identityProvider.Port)],
            IdentityAuthorities = [identityProvider.Authority],
            Listen = [new ListenAddress(new IPEndPoint(IPAddress.Loopback, 0), IsTls: false)],
            DataFolder = "/nonexistent",
            Domains = ["s3.test"],
            AllowSsecOverHttp = true,
            CloseDelay = TimeSpan.Zero,
            DrainTime = TimeSpan.FromSeconds(2),
            AccessLog = null,
        };
        var keys = new KeyRing([new MasterKey("tests", new byte[32])]);
        var host = await ServerHost.StartAsync(
            configure?.Invoke(options) ?? options,
            store,
            keys,
            new RootKey(AccessKey, SecretKey, IsNew: false),
            time ?? TimeProvider.System,
            logs ?? NullLoggerFactory.Instance,
            accessLog,
            CancellationToken.None);
        return new RunningServer(host, identityProvider);
    }

    public AmazonS3Client CreateAwsClient(Action<AmazonS3Config>? configure = null)
    {
        var config = new AmazonS3Config
        {
            ServiceURL = Endpoint.Url,
            AuthenticationRegion = Endpoint.Region,
            ForcePathStyle = true,
            MaxErrorRetry = 0,
            UseHttp = true,
        };
        configure?.Invoke(config);
        return new AmazonS3Client(new BasicAWSCredentials(AccessKey, SecretKey), config);
    }

    /// <summary>A bucket of this test's own.</summary>
    public async Task<string> CreateBucketAsync(CancellationToken token, bool versioned = false)
    {
        var bucket = string.Create(CultureInfo.InvariantCulture, $"bucket-{Guid.NewGuid():n}");
        await Raw.CreateBucketAsync(bucket, token);
        if (versioned)
        {
            await SetVersioningAsync(bucket, "Enabled", token);
        }

        return bucket;
    }

    public async Task SetVersioningAsync(string bucket, string status, CancellationToken token) => await Aws.PutBucketVersioningAsync(
        new() { BucketName = bucket, VersioningConfig = new() { Status = new VersionStatus(status) } }, token);

    public async ValueTask DisposeAsync()
    {
        Aws.Dispose();
        Raw.Dispose();
        await _host.DisposeAsync();
        await IdentityProvider.DisposeAsync();
    }
}
