using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace S3Cassandra.Support;

/// <summary>The real server as a process of its own, on a port that the kernel chose.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private const string Ready = "listening on ";
    private const int Terminate = 15;
    private const int Kill = 9;
    private const int Stop = 19;
    private const int Continue = 18;

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _nextLine = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(ServerSettings settings)
    {
        Settings = settings;
        _process = new Process { StartInfo = CommandOf(settings).StartInfo(), EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => OnLine(line.Data);
        _process.ErrorDataReceived += (_, line) => OnLine(line.Data);
        _process.Exited += (_, _) => _listening.TrySetException(new InvalidOperationException("The server ended before it listened."));
    }

    public ServerSettings Settings { get; }

    public S3Endpoint Endpoint { get; private set; } = null!;

    /// <summary>The server itself, also below a wrapper (which may block signals, as strace does).</summary>
    private int Id => Settings.Wrapper.Count == 0
        ? _process.Id
        : int.Parse(File.ReadAllText($"/proc/{_process.Id}/task/{_process.Id}/children").Split(' ')[0], CultureInfo.InvariantCulture);

    /// <summary>The most memory that the server ever had resident.</summary>
    public long PeakResidentBytes => File.ReadLines($"/proc/{Id}/status")
        .Where(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
        .Select(line => long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024)
        .Single();

    /// <summary>What the server printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>How the server is run: its assembly beside the tests, or another assembly or program that S3CASSANDRA_TEST_SERVER names.</summary>
    public static IReadOnlyList<string> Program
    {
        get
        {
            var file = Environment.GetEnvironmentVariable("S3CASSANDRA_TEST_SERVER") ?? Path.Combine(AppContext.BaseDirectory, "S3Server.dll");
            return file.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet", file] : [file];
        }
    }

    public static async Task<ServerProcess> StartAsync(ServerSettings settings, CancellationToken token)
    {
        var server = new ServerProcess(settings);
        server._process.Start();
        server._process.StandardInput.Close();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        try
        {
            var address = await server._listening.Task.WaitAsync(settings.StartLimit, token);
            server.Endpoint = new(address, settings.AccessKey, settings.SecretKey, settings.Region);
            return server;
        }
        catch (Exception exception)
        {
            await server.DisposeAsync();
            throw new InvalidOperationException($"The server did not start: {exception.Message}\n{server.Output}", exception);
        }
    }

    /// <summary>Runs <c>fsck</c> on a data folder that no server has open.</summary>
    public static Task<CommandResult> FsckAsync(string dataFolder, CancellationToken token) =>
        new Command(Program[0], [.. Program.Skip(1), "fsck", "--data", dataFolder]).RunAsync(token);

    /// <summary>Runs <c>fsck</c> on the store that such arguments name, beside the servers that use it.</summary>
    public static Task<CommandResult> FsckAsync(IReadOnlyList<string> store, CancellationToken token) => RunAsync(["fsck", .. store], token);

    /// <summary>Runs a verb of the program to its end.</summary>
    public static Task<CommandResult> RunAsync(IReadOnlyList<string> arguments, CancellationToken token) =>
        new Command(Program[0], [.. Program.Skip(1), .. arguments]).RunAsync(token);

    /// <summary>Completes once the server has printed a text: its log is written by a thread of its own, after what it says to standard output.</summary>
    public async Task PrintedAsync(string text, CancellationToken token)
    {
        while (true)
        {
            Task next;
            lock (_output)
            {
                if (_output.ToString().Contains(text, StringComparison.Ordinal))
                {
                    return;
                }

                next = _nextLine.Task;
            }

            await next.WaitAsync(Settings.StartLimit, token);
        }
    }

    /// <summary>Stops the process where it is, connections and all, until <see cref="Resume"/>.</summary>
    public void Pause() => _ = Signal(Id, Stop);

    public void Resume() => _ = Signal(Id, Continue);

    /// <summary>Ends the process as a power switch would end it for the kernel's view: at once, with nothing run. Waits until it is gone.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _ = Signal(Id, Kill);
        }

        await _process.WaitForExitAsync();
    }

    /// <summary>Asks the process to end, and waits until it has.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync(CancellationToken token)
    {
        if (!_process.HasExited)
        {
            _ = Signal(Id, Terminate);
        }

        await _process.WaitForExitAsync(token);
        return _process.ExitCode;
    }

    /// <summary>Waits until the process has ended by itself, as at a crash point.</summary>
    public async Task<int> WaitForExitAsync(CancellationToken token)
    {
        await _process.WaitForExitAsync(token);
        return _process.ExitCode;
    }

    public bool HasExited => _process.HasExited;

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static Command CommandOf(ServerSettings settings)
    {
        string[] command =
        [
            .. settings.Wrapper, .. Program, "serve", "--listen", "127.0.0.1:0", .. settings.Store ?? ["--data", settings.DataFolder],
            "--domain", settings.Domain, "--region", settings.Region, .. settings.Arguments,
        ];
        return new Command(command[0], command[1..])
        {
            Environment = new Dictionary<string, string>(settings.Environment)
            {
                ["S3CASSANDRA_ROOT_ACCESS_KEY"] = settings.AccessKey,
                ["S3CASSANDRA_ROOT_SECRET_KEY"] = settings.SecretKey,
            },
            Folder = AppContext.BaseDirectory,
        };
    }

    private void OnLine(string? line)
    {
        if (line is null)
        {
            return;
        }

        TaskCompletionSource come;
        lock (_output)
        {
            _output.AppendLine(line);
            (come, _nextLine) = (_nextLine, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        come.SetResult();
        if (line.StartsWith(Ready, StringComparison.Ordinal) && Uri.TryCreate(line[Ready.Length..].Trim(), UriKind.Absolute, out var address))
        {
            _listening.TrySetResult(address);
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Signal(int process, int signal);
}
