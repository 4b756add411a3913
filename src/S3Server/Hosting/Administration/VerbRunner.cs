using Microsoft.Extensions.Logging.Abstractions;
using S3Cassandra.Auth.Signatures;
using S3Cassandra.S3Server.Configuration;
using S3Cassandra.S3Server.Telemetry;
using S3Cassandra.Storage.Catalog;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Hosting.Administration;

/// <summary>
/// Has a verb's wish done: by the server that has the data folder open, or here, on the store itself. Here changes are told to the audit
/// log that the settings name; a server tells its own.
/// </summary>
internal static class VerbRunner
{
    /// <returns>The process's exit code: 0 done, 1 refused.</returns>
    public static async Task<int> RunAsync(ServerOptions options, AdministrationRequest request, TextWriter output)
    {
        var answer = await RunningServerClient.TryAskAsync(options, request, CancellationToken.None) ?? await DoHereAsync(options, request);
        foreach (var line in answer.Lines)
        {
            await output.WriteLineAsync(line);
        }

        if (answer.Error is { } error)
        {
            await Console.Error.WriteLineAsync(error);
        }

        return answer.Error is null ? 0 : 1;
    }

    /// <summary>The audit log of a verb. Standard output is the verb's own; what would go there goes to standard error.</summary>
    public static AuditLog OpenAuditLog(ServerOptions options)
    {
        var log = new AuditLog(AuditOutput.OfVerb(options.AuditLog), TimeProvider.System, NullLogger<AuditLog>.Instance);
        log.Start();
        return log;
    }

    private static async Task<AdministrationAnswer> DoHereAsync(ServerOptions options, AdministrationRequest request)
    {
        await using var store = await OpenedStore.OpenAsync(options, NullLoggerFactory.Instance, Console.Error.WriteLine, CancellationToken.None);
        await using var audit = OpenAuditLog(options);
        var catalog = store.Seams.Catalog;
        var facts = await AccountFacts.LoadAsync(catalog, options.AccountId, CancellationToken.None);
        await facts.RecordAsync(catalog, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        await using var services = Compose(catalog, options);
        var administrator = IdentityServices.Administrator(services, facts.AccountId, static () => { }, audit);
        return await administrator.DoAsync(request, CancellationToken.None);
    }

    private static ServiceProvider Compose(ICatalog catalog, ServerOptions options)
    {
        var services = new ServiceCollection();
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(catalog);
        services.AddSingleton<AccountStore>();
        services.AddSingleton<IdentityStore>();
        services.AddSingleton<KeyUseStore>();
        services.AddSingleton(new SignatureOptions { Region = options.Region });
        IdentityServices.Add(services);
        return services.BuildServiceProvider();
    }
}
