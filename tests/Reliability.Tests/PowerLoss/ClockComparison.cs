using System.Diagnostics;
using S3Cassandra.Reliability.Tests.Histories;

namespace S3Cassandra.Reliability.Tests.PowerLoss;

/// <summary>
/// What the system's clock, by which strace tells, showed at a moment of the recorder's. Both are read one after the other, and a busy machine
/// may let any time pass in between: so a moment is known from an earliest to a latest.
/// </summary>
internal sealed class ClockComparison
{
    private double _earliestZero = double.MaxValue;
    private double _latestZero = double.MinValue;

    /// <summary>Seconds since 1970.</summary>
    public static double SystemClock() => (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalSeconds;

    /// <summary>Reads both. More than once where the system's clock may be set meanwhile.</summary>
    public void Compare()
    {
        var before = Recorder.Now;
        var system = SystemClock();
        var after = Recorder.Now;
        _earliestZero = Math.Min(_earliestZero, system - Seconds(after));
        _latestZero = Math.Max(_latestZero, system - Seconds(before));
    }

    public double Earliest(long ticks) => _earliestZero + Seconds(ticks);

    public double Latest(long ticks) => _latestZero + Seconds(ticks);

    private static double Seconds(long ticks) => Stopwatch.GetElapsedTime(0, ticks).TotalSeconds;
}
