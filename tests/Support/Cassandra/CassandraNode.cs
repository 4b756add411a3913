using System.Globalization;
using System.Net;

namespace S3Cassandra.Support.Cassandra;

/// <summary>A node that these tests started, by <c>bin/node</c>, on an address of its own.</summary>
public sealed class CassandraNode
{
    /// <summary>Tests are short: code that is quick to compile costs less than code that is quick to run.</summary>
    private static readonly Dictionary<string, string> Java = new() { ["JAVA_TOOL_OPTIONS"] = "-XX:TieredStopAtLevel=1" };

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

    /// <summary>Starts the node and waits until it answers CQL.</summary>
    public Task StartAsync(CancellationToken token) => RunAsync("start", Java, _arguments, token);

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

    private string PidFile => Path.Combine(Folder, "pid");

    private Task<CommandResult> RunAsync(string verb, CancellationToken token) => RunAsync(verb, Java, [], token);

    private async Task<CommandResult> RunAsync(
        string verb, IReadOnlyDictionary<string, string> environment, IReadOnlyList<string> arguments, CancellationToken token)
    {
        var result = await new Command("/bin/bash", [CassandraHome.Script, verb, Folder, .. arguments]) { Environment = environment }.RunAsync(token);
        return result.ExitCode == 0 ? result : throw new InvalidOperationException(result.ToString());
    }
}
