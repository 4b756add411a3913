namespace S3Cassandra.Support;

/// <summary>A clock whose elapsed time passes when a test says so; what time of day it is stays the machine's.</summary>
public sealed class HandTurnedClock : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public void Advance(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);
}
