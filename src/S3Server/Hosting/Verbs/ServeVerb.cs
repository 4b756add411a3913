using System.Runtime.InteropServices;
using S3Cassandra.S3Server.Configuration;
using S3Cassandra.Storage.Embedded;

namespace S3Cassandra.S3Server.Hosting.Verbs;

/// <summary><c>serve</c>: opens the data folder, serves until SIGTERM or SIGINT.</summary>
internal static class ServeVerb
{
    public static async Task<int> RunAsync(IReadOnlyList<string> flags, TextWriter output)
    {
        var options = ServerOptionsBinder.Bind(SettingValues.Load(flags, Environment.GetEnvironmentVariables()));
        using var logs = LoggerFactory.Create(Logging);
        using var ending = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => End(signal, ending));
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => End(signal, ending));

        await using var store = EmbeddedStore.Open(StoreOptions(options));
        var root = RootKey.Load(options);
        var seams = new StoreSeams(store.Index, store.Blobs, store.Catalog, store.Options.InlineThreshold);
        await using var host = await ServerHost.StartAsync(
            options, seams, MasterKeyFile.Load(options), root, TimeProvider.System, logs, OpenAccessLog(options), ending.Token);
        await StartMessage.WriteAsync(output, host, options, root);
        await Task.Delay(Timeout.Infinite, ending.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        await host.StopAsync();
        return 0;
    }

    private static EmbeddedStoreOptions StoreOptions(ServerOptions options)
    {
        var store = new EmbeddedStoreOptions { Directory = options.DataFolder, ChunkPoolBytes = options.ChunkMemory };
        return options.InlineThreshold is { } threshold ? store with { InlineThreshold = threshold } : store;
    }

    private static Stream? OpenAccessLog(ServerOptions options) => options.AccessLog switch
    {
        null => null,
        "-" => Console.OpenStandardOutput(),
        var path => new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0),
    };

    private static void Logging(ILoggingBuilder logging)
    {
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.UseUtcTimestamp = true;
        });

        // Standard output belongs to the access log and to who waits for "listening on".
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static void End(PosixSignalContext signal, CancellationTokenSource ending)
    {
        signal.Cancel = true;
        ending.Cancel();
    }
}
