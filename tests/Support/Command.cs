using System.Diagnostics;
using System.Text;

namespace S3Cassandra.Support;

/// <summary>A program to run: bounded in time, its whole process tree ended when the time is over.</summary>
public sealed record Command(string Program, params IReadOnlyList<string> Arguments)
{
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public string? Folder { get; init; }

    /// <summary>Ends a hang. Clients and nodes on a machine under load take minutes.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(12);

    public async Task<CommandResult> RunAsync(CancellationToken token)
    {
        using var process = new Process { StartInfo = StartInfo() };
        var output = new StringBuilder();
        var errors = new StringBuilder();
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(errors, line.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(token);
        limited.CancelAfter(Limit);
        try
        {
            await process.WaitForExitAsync(limited.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            token.ThrowIfCancellationRequested();
            throw new TimeoutException($"{this} took longer than {Limit}:\n{output}\n{errors}");
        }

        return new(ToString(), process.ExitCode, output.ToString(), errors.ToString());
    }

    /// <summary>Runs the program and fails the test when it does not exit with 0.</summary>
    public async Task<CommandResult> SucceedAsync(CancellationToken token)
    {
        var result = await RunAsync(token);
        Assert.True(result.ExitCode == 0, result.ToString());
        return result;
    }

    public override string ToString() => $"{Program} {string.Join(' ', Arguments)}";

    internal ProcessStartInfo StartInfo()
    {
        var start = new ProcessStartInfo(Program, Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder ?? "",
        };
        foreach (var name in start.Environment.Keys.Where(IsForeign).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>What clients would take from the user's own environment: keys, profiles, certificates, proxies.</summary>
    private static bool IsForeign(string name) =>
        name.StartsWith("AWS_", StringComparison.Ordinal) || name.StartsWith("S3CASSANDRA_", StringComparison.Ordinal)
        || name.EndsWith("_proxy", StringComparison.OrdinalIgnoreCase);

    private static void Append(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.AppendLine(line);
            }
        }
    }
}
