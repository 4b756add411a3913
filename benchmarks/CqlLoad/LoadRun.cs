using System.Diagnostics;
using System.Runtime;

namespace S3Cassandra.CqlLoad;

/// <summary>Sends a load's requests, so many at once, for so long, and counts what they cost.</summary>
internal sealed class LoadRun(ILoad load, LoadOptions options)
{
    private const int MostLatencies = 1 << 22;
    private const int LongestWarmUp = 30;
    private const int FewMethods = 5;

    private readonly long[] _latencies = new long[MostLatencies];
    private long _started;
    private long _ended;

    /// <summary>
    /// Seconds of load until one in which hardly anything was compiled: compiling took a quarter of the CPU in the seconds after one of
    /// warming up, on a machine with other work.
    /// </summary>
    public async Task WarmUpAsync(CancellationToken token)
    {
        long before;
        var seconds = 0;
        do
        {
            before = JitInfo.GetCompiledMethodCount();
            await RunAsync(TimeSpan.FromSeconds(1), token);
            seconds++;
        }
        while (seconds < LongestWarmUp && JitInfo.GetCompiledMethodCount() - before > FewMethods);
    }

    public async Task<LoadFigures> RunAsync(TimeSpan duration, CancellationToken token)
    {
        _ended = 0;
        var inFlight = options.InFlight ?? load.DefaultInFlight;
        var (ownCpu, cassandraCpu) = (Process.GetCurrentProcess().TotalProcessorTime, ProcessCpu.Of(options.CassandraPid));
        var (allocated, collections) = (GC.GetTotalAllocatedBytes(precise: true), GC.CollectionCount(2));
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(() => SendAsync(watch, duration, token), token)));
        var elapsed = watch.Elapsed;
        var count = (int)Math.Min(_ended, MostLatencies);
        Array.Sort(_latencies, 0, count);
        return new LoadFigures
        {
            Requests = _ended,
            Elapsed = elapsed,
            OwnCpu = Process.GetCurrentProcess().TotalProcessorTime - ownCpu,
            CassandraCpu = ProcessCpu.Of(options.CassandraPid) - cassandraCpu,
            Allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated,
            Generation2Collections = GC.CollectionCount(2) - collections,
            Median = At(count, 0.5),
            P99 = At(count, 0.99),
            Longest = At(count, 1),
            Bytes = _ended * load.BytesPerRequest,
        };
    }

    private async Task SendAsync(Stopwatch watch, TimeSpan duration, CancellationToken token)
    {
        while (watch.Elapsed < duration)
        {
            var begun = Stopwatch.GetTimestamp();
            await load.RunAsync(Interlocked.Increment(ref _started), token);
            var index = Interlocked.Increment(ref _ended) - 1;
            if (index < MostLatencies)
            {
                _latencies[index] = Stopwatch.GetTimestamp() - begun;
            }
        }
    }

    private TimeSpan At(int count, double share) =>
        count == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(0, _latencies[Math.Min(count - 1, (int)(count * share))]);
}
