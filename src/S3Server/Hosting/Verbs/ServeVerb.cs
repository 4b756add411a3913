using System.Runtime.InteropServices;
using S3Cassandra.S3Server.Configuration;

namespace S3Cassandra.S3Server.Hosting.Verbs;

/// <summary><c>serve</c>: opens the store, serves until SIGTERM or SIGINT.</summary>
internal static class ServeVerb
{
    public static async Task<int> RunAsync(IReadOnlyList<string> flags, TextWriter output)
    {
        var options = ServerOptionsBinder.Bind(SettingValues.Load(flags, Environment.GetEnvironmentVariables()));
        using var logs = LoggerFactory.Create(Logging);
        using var ending = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => End(signal, ending));
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => End(signal, ending));

        await using var store = await OpenedStore.OpenAsync(options, logs, Progress, ending.Token);
        var root = await RootKey.LoadAsync(options, store.Seams.Catalog, ending.Token) with { Now = RootKey.Kept(options, store.Seams.Catalog) };
        await using var host = await ServerHost.StartAsync(
            options, store.Seams, MasterKeyFile.Load(options), root, TimeProvider.System, logs, OpenAccessLog(options), ending.Token);
        store.Cassandra?.Start(string.Join(' ', host.Addresses), ProgramVersion.Number);
        await StartMessage.WriteAsync(output, host, options, root);
        await Task.Delay(Timeout.Infinite, ending.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        await host.StopAsync();
        return 0;
    }

    /// <summary>Standard output belongs to the access log and to who waits for "listening on".</summary>
    private static void Progress(string line) => Console.Error.WriteLine(line);

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

        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static void End(PosixSignalContext signal, CancellationTokenSource ending)
    {
        signal.Cancel = true;
        ending.Cancel();
    }
}
