using System.Globalization;
using System.Net;

namespace S3Cassandra.Support.Cassandra;

/// <summary>A node that these tests started, by <c>bin/node</c>, on an address of its own.</summary>
public sealed class CassandraNode
{
    /// <summary>Tests are short: code that is quick to compile costs less than code that is quick to run.</summary>
    private static readonly Dictionary<string, string> Java = new() { ["JAVA_TOOL_OPTIONS"] = "-XX:TieredStopAtLevel=1" };

    private const string NoPeers = "Unable to gossip with any peers";
    private const int Attempts = 4;

    private readonly IReadOnlyList<string> _arguments;

    internal CassandraNode(string folder, IPAddress address, int jmxPort, IReadOnlyList<string> arguments)
    {
        Folder = folder;
        EndPoint = new(address, Port);
        _arguments = ["--address", $"{address}", "--port", $"{Port}", "--jmx-port", $"{jmxPort}", .. arguments];
    }

    /// <summary>CQL's port: nodes differ by address, and of one cluster all share it.</summary>
    public const int Port = 9042;

    /// <summary>The node's data, log and configuration.</summary>
    public string Folder { get; }

    /// <summary>Where it answers CQL.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Where a proxy before the node listens (<see cref="CassandraNodeSettings.BehindProxies"/>): a hundred addresses further on.</summary>
    public IPEndPoint ProxyEndPoint => new(ProxyOf(EndPoint.Address), Port);

    /// <summary>The process; null when the node does not run.</summary>
    public int? ProcessId => File.Exists(PidFile) ? int.Parse(File.ReadAllText(PidFile), CultureInfo.InvariantCulture) : null;

    /// <summary>CPU time that the process took so far.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            using var process = System.Diagnostics.Process.GetProcessById(ProcessId ?? throw new InvalidOperationException($"{this} does not run."));
            return process.TotalProcessorTime;
        }
    }

    /// <summary>What the node logged since it was last started.</summary>
    public Task<string> ReadLogAsync(CancellationToken token) => File.ReadAllTextAsync(Path.Combine(Folder, "log", "system.log"), token);

    /// <summary>Starts the node and waits until it answers CQL. On a machine under load its seed may be too slow for it: then again.</summary>
    public async Task StartAsync(CancellationToken token)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await RunAsync("start", Java, _arguments, token);
                return;
            }
            catch (InvalidOperationException failure) when (attempt < Attempts && failure.Message.Contains(NoPeers, StringComparison.Ordinal))
            {
                // The process has ended by itself.
            }
        }
    }

    /// <summary>Asks the node to end, and waits until it has.</summary>
    public Task StopAsync(CancellationToken token) => RunAsync("stop", token);

    /// <summary>Ends the process at once, as a crash does. What it acknowledged is in its commit log.</summary>
    public Task KillAsync(CancellationToken token) => RunAsync("kill", token);

    /// <summary>Stops the process where it is: its sockets stay open and nothing answers.</summary>
    public Task PauseAsync(CancellationToken token) => RunAsync("pause", token);

    public Task ResumeAsync(CancellationToken token) => RunAsync("resume", token);

    public async Task RestartAsync(CancellationToken token)
    {
        await StopAsync(token);
        await StartAsync(token);
    }

    /// <summary>Runs nodetool against this node.</summary>
    /// <returns>What it printed.</returns>
    public async Task<string> NodetoolAsync(CancellationToken token, params IReadOnlyList<string> arguments) =>
        (await RunAsync("nodetool", Java, arguments, token)).Output;

    public override string ToString() => EndPoint.ToString();

    internal static IPAddress ProxyOf(IPAddress node)
    {
        var bytes = node.GetAddressBytes();
        return new([.. bytes[..3], (byte)(bytes[3] + 100)]);
    }

    private string PidFile => Path.Combine(Folder, "pid");

    private Task<CommandResult> RunAsync(string verb, CancellationToken token) => RunAsync(verb, Java, [], token);

    private async Task<CommandResult> RunAsync(
        string verb, IReadOnlyDictionary<string, string> environment, IReadOnlyList<string> arguments, CancellationToken token)
    {
        var result = await new Command("/bin/bash", [CassandraHome.Script, verb, Folder, .. arguments]) { Environment = environment }.RunAsync(token);
        return result.ExitCode == 0 ? result : throw new InvalidOperationException(result.ToString());
    }
}
