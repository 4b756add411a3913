using S3Cassandra.Reliability.Tests.Histories;
using S3Cassandra.Reliability.Tests.Load;
using S3Cassandra.Support;

namespace S3Cassandra.Reliability.Tests.PowerLoss;

/// <summary>A server's life under load: every change of its files, and what its clients asked and heard, on one clock.</summary>
internal sealed class Recording
{
    public const string Bucket = "power";

    private readonly ClockComparison _clocks;

    private Recording(IReadOnlyList<FileOperation> files, MixedLoad load, double readyAt, ClockComparison clocks)
    {
        ReadyAt = readyAt;
        (Files, Load, _clocks) = (files, load, clocks);
        LoadBegan = Load.Recorder.Operations.Min(operation => _clocks.Earliest(operation.Start));
    }

    public IReadOnlyList<FileOperation> Files { get; }

    public MixedLoad Load { get; }

    /// <summary>When the server had made its files and listened.</summary>
    public double ReadyAt { get; }

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
        var readyAt = ClockComparison.SystemClock();
        using var client = new S3Client(server.Endpoint);
        await client.CreateBucketAsync(Bucket, token);
        await FillLogAsync(client, token);
        var load = new MixedLoad(new(Bucket, "") { Clients = 4, Operations = operations, OperationsPerKey = 60, LargeSize = 1_300_000, Seed = operations }, new());
        await load.PutSourcesAsync(client, token);
        var clocks = new ClockComparison();
        clocks.Compare();
        await load.RunAsync(server.Endpoint, token);
        clocks.Compare();
        Assert.False(server.HasExited, server.Output);

        await server.StopAsync(token);
        return new(new TraceReader(data).Read(trace), load, readyAt, clocks);
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
    /// What the clients knew at that moment: the operations answered by then, those asked by then as unknown, and none after it. Where the
    /// clocks leave open on which side of it something was, it may have been asked, and was not answered.
    /// </summary>
    public IEnumerable<Operation> Known(int point)
    {
        var now = point < Files.Count ? Files[point].End : double.MaxValue;
        return Load.Recorder.Operations
            .Where(operation => _clocks.Earliest(operation.Start) < now)
            .Select(operation => operation.End != long.MaxValue && _clocks.Latest(operation.End) < now
                ? operation
                : operation with { End = long.MaxValue, Outcome = OperationOutcome.Unknown });
    }

    /// <summary>
    /// 24 MiB of bodies in rows, so that the index's log (16 MiB) is copied to the database and begun anew before the load: from then on the
    /// bucket itself lies in the database alone.
    /// </summary>
    private static async Task FillLogAsync(S3Client client, CancellationToken token)
    {
        var body = new byte[60 * 1024];
        for (var number = 0; number < 400; number += 8)
        {
            var puts = await Task.WhenAll(Enumerable.Range(number, 8).Select(key => client.PutAsync(Bucket, $"filler/{key}", body, token)));
            Assert.All(puts, put => Assert.True(put.IsSuccess, put.Text));
        }
    }
}
