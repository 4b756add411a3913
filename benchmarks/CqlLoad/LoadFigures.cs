using System.Globalization;

namespace S3Cassandra.CqlLoad;

/// <summary>What one run was and cost.</summary>
internal sealed record LoadFigures
{
    private const double MiB = 1 << 20;
    private const double GiB = 1 << 30;

    public required long Requests { get; init; }

    public required long Bytes { get; init; }

    public required TimeSpan Elapsed { get; init; }

    public required TimeSpan OwnCpu { get; init; }

    public required TimeSpan CassandraCpu { get; init; }

    public required long Allocated { get; init; }

    public required int Generation2Collections { get; init; }

    public required TimeSpan Median { get; init; }

    public required TimeSpan P99 { get; init; }

    public required TimeSpan Longest { get; init; }

    public override string ToString()
    {
        var seconds = Elapsed.TotalSeconds;
        var rate = Bytes > 0 ? $"{Bytes / MiB / seconds:0} MiB/s" : $"{Requests / seconds:0} requests/s";
        var perGiB = Bytes > 0 ? $"   client {OwnCpu.TotalSeconds * GiB / Bytes:0.000} s/GiB   Cassandra {CassandraCpu.TotalSeconds * GiB / Bytes:0.00} s/GiB" : string.Empty;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {rate}   median {Median.TotalMilliseconds:0.00} ms   p99 {P99.TotalMilliseconds:0.00} ms   longest {Longest.TotalMilliseconds:0.0} ms
            per request: client {OwnCpu.TotalMicroseconds / Requests:0.0} µs   Cassandra {CassandraCpu.TotalMicroseconds / Requests:0} µs   allocated {Allocated / (double)Requests:0} B{perGiB}
            cores in use: client {OwnCpu.TotalSeconds / seconds:0.00}   Cassandra {CassandraCpu.TotalSeconds / seconds:0.00}   generation-2 collections {Generation2Collections}
            """);
    }
}
