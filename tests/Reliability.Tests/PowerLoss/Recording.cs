using System.Diagnostics;
using S3Cassandra.Reliability.Tests.Histories;
using S3Cassandra.Reliability.Tests.Load;
using S3Cassandra.Support;

namespace S3Cassandra.Reliability.Tests.PowerLoss;

/// <summary>A server's life under load: every change of its files, and what its clients asked and heard, on one clock.</summary>
internal sealed class Recording
{
    public const string Bucket = "power";

    private readonly double _clockOfZero;

    private Recording(IReadOnlyList<FileOperation> files, MixedLoad load, double clockOfZero)
    {
        (Files, Load, _clockOfZero) = (files, load, clockOfZero);
        LoadBegan = Load.Recorder.Operations.Min(operation => Clock(operation.Start));
    }

    public IReadOnlyList<FileOperation> Files { get; }

    public MixedLoad Load { get; }

    public double LoadBegan { get; }

    public static async Task<Recording> MakeAsync(string folder, int operations, CancellationToken token)
    {
        var strace = Prerequisite.Program("/usr/bin/strace", "strace");
        var data = Directory.CreateDirectory(Path.Combine(folder, "recorded")).FullName;
        var trace = Path.Combine(folder, "trace");
        await using var server = await ServerProcess.StartAsync(
            new(data)
            {
                Wrapper = [strace, "-f", "--seccomp-bpf", "-qq", "-ttt", "-T", "-y", "-xx", "-s", "16777216", "-e", "signal=none", "-e", $"trace={TraceReader.Calls}", "-o", trace],
            },
            token);
        using var client = new S3Client(server.Endpoint);
        await client.CreateBucketAsync(Bucket, token);
        var load = new MixedLoad(new(Bucket, "") { Clients = 4, Operations = operations, OperationsPerKey = 60, LargeSize = 1_300_000, Seed = operations }, new());
        await load.PutSourcesAsync(client, token);
        var clockOfZero = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalSeconds - Stopwatch.GetElapsedTime(0, Recorder.Now).TotalSeconds;
        await load.RunAsync(server.Endpoint, token);
        Assert.False(server.HasExited, server.Output);

        await server.StopAsync(token);
        return new(new TraceReader(data).Read(trace), load, clockOfZero);
    }

    /// <summary>The files when the power goes just before the operation with this number ended.</summary>
    /// <param name="point">How many of the recorded operations had ended.</param>
    /// <param name="mode">What becomes of what was not synced.</param>
    /// <param name="random">Decides what is left open.</param>
    /// <param name="ignored">Syncs that are taken as not made: to see whether their lack is noticed.</param>
    public SortedDictionary<string, byte[]?> Lose(int point, LossMode mode, Random random, Func<FileOperation, bool>? ignored = null)
    {
        var disk = new DiskModel();
        foreach (var operation in Files.Take(point))
        {
            if (operation.Kind != FileOperationKind.Sync || ignored?.Invoke(operation) != true)
            {
                disk.Apply(operation);
            }
        }

        return disk.Lose(mode, random);
    }

    /// <summary>
    /// What the clients knew at that moment: the operations answered by then, those asked by then as unknown, and none after it.
    /// </summary>
    public IEnumerable<Operation> Known(int point)
    {
        var now = point < Files.Count ? Files[point].End : double.MaxValue;
        return Load.Recorder.Operations
            .Where(operation => Clock(operation.Start) < now)
            .Select(operation => operation.End != long.MaxValue && Clock(operation.End) < now
                ? operation
                : operation with { End = long.MaxValue, Outcome = OperationOutcome.Unknown });
    }

    private double Clock(long ticks) => _clockOfZero + Stopwatch.GetElapsedTime(0, ticks).TotalSeconds;
}
