using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using S3Cassandra.Auth.Signatures;
using S3Cassandra.S3Server.Configuration;
using S3Cassandra.S3Server.Hosting.Administration;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Identities;
using S3Cassandra.S3Server.Operations.AccessControl;
using S3Cassandra.S3Server.Operations.Object;
using S3Cassandra.S3Server.Pipeline;
using S3Cassandra.S3Server.Routing;
using S3Cassandra.S3Server.Telemetry;
using S3Cassandra.Storage.Encryption;

namespace S3Cassandra.S3Server.Hosting;

/// <summary>The server, put together over a store and running: what <c>serve</c> and the tests start and stop.</summary>
internal sealed class ServerHost : IAsyncDisposable
{
    private readonly ServerOptions _options;
    private readonly ServiceProvider _services;
    private readonly KestrelListener _listener;
    private readonly KestrelListener? _admin;
    private readonly S3Application _application;
    private readonly Readiness _readiness;
    private readonly AccessLog _accessLog;
    private readonly AuditLog _auditLog;
    private readonly TimeProvider _time;
    private AdministrationSocket? _verbs;
    private bool _isStopped;

    private ServerHost(ServerOptions options, ServiceProvider services, KestrelListener listener, KestrelListener? admin)
    {
        _options = options;
        _services = services;
        _listener = listener;
        _admin = admin;
        _application = new S3Application(services.GetRequiredService<RequestPipeline>());
        _readiness = services.GetRequiredService<Readiness>();
        _accessLog = services.GetRequiredService<AccessLog>();
        _auditLog = services.GetRequiredService<AuditLog>();
        _auditLog.Start();
        _time = services.GetRequiredService<TimeProvider>();
    }

    /// <summary>Where S3 is served, with the ports that were chosen.</summary>
    public IReadOnlyList<string> Addresses => _listener.Addresses;

    /// <summary>Where /live and /ready answer; null when nowhere.</summary>
    public string? AdminAddress => _admin?.Addresses[0];

    public IServiceProvider Services => _services;

    /// <param name="options">How to run.</param>
    /// <param name="store">The store; it stays the caller's.</param>
    /// <param name="keys">The master keys of SSE-S3.</param>
    /// <param name="root">The root access key.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logs">Where logs go; stays the caller's.</param>
    /// <param name="accessLog">Where the access log goes; becomes the host's.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<ServerHost> StartAsync(
        ServerOptions options,
        StoreSeams store,
        KeyRing keys,
        RootKey root,
        TimeProvider time,
        ILoggerFactory logs,
        Stream? accessLog,
        CancellationToken cancellationToken)
    {
        if (options.HasSampleRootKey)
        {
            Log.SampleRootKey(logs.CreateLogger<ServerHost>(), root.Id);
        }

        var account = await AccountFacts.LoadAsync(store.Catalog, options.AccountId, cancellationToken);
        await account.RecordAsync(store.Catalog, time.GetUtcNow(), cancellationToken);
        var access = new RootAccess(account.KeyOf(root)!, root.Now is { } now ? async token => account.KeyOf(await now(token)) : null, time);
        var services = Compose(options, store, keys, access, time, logs, accessLog);
        var (certificate, chain) = LoadCertificate(options);
        var listener = KestrelListener.Create(options.Listen, certificate, chain, options.Limits, logs);
        var admin = options.AdminListen is null ? null : KestrelListener.Create([options.AdminListen], null, [], options.Limits, logs);
        var host = new ServerHost(options, services, listener, admin);
        await listener.StartAsync(host._application, cancellationToken);
        if (admin is not null)
        {
            await admin.StartAsync(new AdminApplication(host._readiness), cancellationToken);
        }

        host.ListenToVerbs(account.AccountId, logs);
        services.GetRequiredService<BackgroundSweep>().Start();
        services.GetRequiredService<KeyUses>().Start();
        return host;
    }

    /// <summary>Turns unready, closes the listeners after the delay (at once when nothing is in flight), and lets what is in flight finish.</summary>
    public async Task StopAsync()
    {
        if (_isStopped)
        {
            return;
        }

        _isStopped = true;
        _readiness.Close();
        if (_application.InFlight > 0 && _options.CloseDelay > TimeSpan.Zero)
        {
            await Task.Delay(_options.CloseDelay, _time);
        }

        using var drain = new CancellationTokenSource(_options.DrainTime, _time);
        await _listener.StopAsync(drain.Token);
        if (_admin is not null)
        {
            await _admin.StopAsync(drain.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_verbs is not null)
        {
            await _verbs.DisposeAsync();
        }

        await _listener.DisposeAsync();
        if (_admin is not null)
        {
            await _admin.DisposeAsync();
        }

        await _accessLog.DisposeAsync();
        await _auditLog.DisposeAsync();
        await _services.DisposeAsync();
    }

    /// <summary>Whoever may read the data folder may administer this server by verbs; with Cassandra they need none.</summary>
    private void ListenToVerbs(string firstAccountId, ILoggerFactory logs)
    {
        if (_options.Cassandra is null && Directory.Exists(_options.DataFolder))
        {
            var changed = _services.GetRequiredService<RequestCredentials>().Forget;
            var administrator = IdentityServices.Administrator(_services, firstAccountId, changed, _auditLog);
            _verbs = AdministrationSocket.Listen(_options, administrator, logs.CreateLogger<AdministrationSocket>());
        }
    }

    private static ServiceProvider Compose(
        ServerOptions options, StoreSeams store, KeyRing keys, RootAccess root, TimeProvider time, ILoggerFactory logs, Stream? accessLog)
    {
        var services = new ServiceCollection();
        services.AddSingleton(options);
        services.AddSingleton(options.Limits);
        services.AddSingleton(time);
        services.AddSingleton(logs);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        StorageServices.Add(services, store, keys);
        var signatures = new SignatureOptions { Region = options.Region, SignatureV2Allowed = options.SignatureV2 };
        services.AddSingleton(signatures);
        services.AddSingleton(new SignatureVerifier(signatures));
        services.AddSingleton(root);
        services.AddSingleton<AccessKeys>();
        services.AddSingleton(new RequestTargetParser(options.Domains));
        services.AddSingleton(new AccessLog(accessLog));
        services.AddSingleton(provider => new AuditLog(AuditOutput.Named(options.AuditLog), time, provider.GetRequiredService<ILogger<AuditLog>>()));
        services.AddSingleton<Auditor>();
        services.AddSingleton<ObjectEncryptor>();
        services.AddSingleton<CopySourceReader>();
        services.AddSingleton<RouteTable>();
        services.AddSingleton<Authenticator>();
        services.AddSingleton<FormUploads>();
        services.AddSingleton<BucketPolicies>();
        services.AddSingleton<AccessLists>();
        services.AddSingleton<AclAuthorization>();
        services.AddSingleton<Authorization>();
        services.AddSingleton<BodyDrain>();
        services.AddSingleton<ClientConnection>();
        services.AddSingleton<RequestAdmission>();
        IdentityServices.Add(services);
        services.AddSingleton<SessionCredentials>();
        services.AddSingleton<RequestCredentials>();
        services.AddSingleton<RefusalLimits>();
        services.AddSingleton<QueryAuthenticator>();
        services.AddSingleton<QueryApi>();
        services.AddSingleton<RequestPipeline>();
        services.AddSingleton<Readiness>();
        services.AddSingleton<BackgroundSweep>();
        return services.BuildServiceProvider();
    }

    private static (X509Certificate2? Certificate, X509Certificate2Collection Chain) LoadCertificate(ServerOptions options)
    {
        var chain = new X509Certificate2Collection();
        if (options.TlsCertificate is not { } path)
        {
            return (null, chain);
        }

        try
        {
            chain.ImportFromPemFile(path);
            return (X509Certificate2.CreateFromPemFile(path, options.TlsKey!), chain);
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"--{Settings.TlsCertificate} {path}, --{Settings.TlsKey} {options.TlsKey}: {failure.Message}");
        }
    }
}
