using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace S3Cassandra.Support.Cassandra;

/// <summary>A node that these tests started, by <c>bin/node</c>, on an address of its own.</summary>
public sealed class CassandraNode
{
    /// <summary>Tests are short: code that is quick to compile costs less than code that is quick to run.</summary>
    private static readonly Dictionary<string, string> Java = new() { ["JAVA_TOOL_OPTIONS"] = "-XX:TieredStopAtLevel=1" };

    private const string NoPeers = "Unable to gossip with any peers";

    /// <summary>In the trace, of which the script shows the end: the JMX port was taken after it was found free.</summary>
    private const string NoJmx = "CassandraDaemon.maybeInitJmx";
    private const string NotYet = "did not answer within";
    private const int Attempts = 4;

    /// <summary>Ports below those that the kernel deals out: no connection of this machine's takes one meanwhile.</summary>
    private const int FirstJmxPort = 10_000;
    private const int LastJmxPort = 32_000;

    /// <summary>Ends a hang.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly IReadOnlyList<string> _arguments;

    internal CassandraNode(string folder, IPAddress address, IReadOnlyList<string> arguments)
    {
        Folder = folder;
        EndPoint = new(address, Port);
        _arguments = ["--address", $"{address}", "--port", $"{Port}", .. arguments];
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
                await RunAsync("start", Java, ["--jmx-port", $"{FreeJmxPort()}", .. _arguments], token);
                return;
            }
            catch (InvalidOperationException failure) when (failure.Message.Contains(NotYet, StringComparison.Ordinal))
            {
                // The script has waited for as long as it does. The node goes on.
                await LoggedAsync("Starting listening for CQL clients", token);
                await LoggedAsync("Startup complete", token);
                return;
            }
            catch (InvalidOperationException failure) when (attempt < Attempts && IsChance(failure.Message))
            {
                // The process has ended by itself.
            }
        }
    }

    /// <summary>Completes once the node has logged a text since it was last started.</summary>
    /// <exception cref="InvalidOperationException">Its process has ended before.</exception>
    public async Task LoggedAsync(string text, CancellationToken token)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(StartLimit);
        using var pace = new PeriodicTimer(Pause);
        while (!(await ReadLogAsync(limit.Token)).Contains(text, StringComparison.Ordinal))
        {
            if (ProcessId is not { } process || !Directory.Exists($"/proc/{process}"))
            {
                throw new InvalidOperationException($"{this} has ended, and never logged: {text}");
            }

            await pace.WaitForNextTickAsync(limit.Token);
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

    private static bool IsChance(string message) =>
        message.Contains(NoPeers, StringComparison.Ordinal) || message.Contains(NoJmx, StringComparison.Ordinal);

    /// <summary>JMX is on 127.0.0.1 for every node, so its port is chosen, by chance, so that nodes that others start are elsewhere.</summary>
    private static int FreeJmxPort()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(FirstJmxPort, LastJmxPort);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // It is taken.
            }
        }
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
