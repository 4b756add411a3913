using System.Diagnostics;

namespace S3Cassandra.StoreLoad;

/// <summary>Runs operations concurrently for a while and says what they cost in time and CPU (user and system, of this process).</summary>
internal static class Meter
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(
        int.Parse(Environment.GetEnvironmentVariable("SECONDS_EACH") ?? "4", System.Globalization.CultureInfo.InvariantCulture));

    /// <param name="name">What is measured.</param>
    /// <param name="concurrency">How many at once.</param>
    /// <param name="bytes">Bytes that an operation moves; above 512 KiB the report is per GiB.</param>
    /// <param name="most">How many operations a worker does at most.</param>
    /// <param name="operation">Given the worker and a number that rises by one for each of its operations.</param>
    public static async Task RunAsync(string name, int concurrency, long bytes, Func<int, int, Task> operation, int most = int.MaxValue)
    {
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(worker => operation(worker, 0)));
        using var process = Process.GetCurrentProcess();
        var latencies = new List<double>[concurrency];
        var (cpu, allocated, watch) = (CpuOf(process), GC.GetTotalAllocatedBytes(), Stopwatch.StartNew());
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(worker => Task.Run(async () =>
        {
            var mine = latencies[worker] = [];
            for (var i = 1; i < most && watch.Elapsed < Duration; i++)
            {
                var began = Stopwatch.GetTimestamp();
                await operation(worker, i);
                mine.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        })));
        var (seconds, spent) = (watch.Elapsed.TotalSeconds, CpuOf(process) - cpu);
        var all = latencies.SelectMany(list => list).Order().ToList();
        var gib = all.Count * bytes / (double)(1 << 30);
        var cost = bytes > 512 * 1024 ? $"{gib / seconds,7:F2} GiB/s {spent / gib,7:F2} CPU s/GiB" : $"{all.Count / seconds,7:F0} op/s {spent * 1e6 / all.Count,7:F1} CPU us/op";
        Console.WriteLine(
            $"{name,-28} x{concurrency,-3} {cost}  p50 {all[all.Count / 2],6:F2} ms p99 {all[all.Count * 99 / 100],6:F2} ms"
            + $"  {(GC.GetTotalAllocatedBytes() - allocated) / all.Count,8} B/op  RSS {process.WorkingSet64 >> 20} MiB");
    }

    private static double CpuOf(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime.TotalSeconds;
    }
}
