namespace S3Cassandra.Storage.Cassandra.Tests;

/// <summary>A clock whose time of day may be as wrong as a test likes, and which passes when a test says so.</summary>
internal sealed class SteppedClock(TimeSpan wrong = default) : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 12, 30, 0, TimeSpan.Zero);

    private long _passed;

    public DateTimeOffset Now => GetUtcNow();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Start + wrong + TimeSpan.FromTicks(Volatile.Read(ref _passed));

    public override long GetTimestamp() => TimeSpan.TicksPerDay + Volatile.Read(ref _passed);

    public void Pass(TimeSpan time) => Interlocked.Add(ref _passed, time.Ticks);
}
