namespace S3Cassandra.Cql.Tests.FakeCassandra;

/// <summary>A clock by which delays pass fifty times as fast: what waits a second on purpose does not keep a test waiting.</summary>
internal sealed class HurriedTime : TimeProvider
{
    private const int Times = 50;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, Hurry(dueTime), Hurry(period));

    private static TimeSpan Hurry(TimeSpan time) => time > TimeSpan.Zero ? TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(time.TotalMilliseconds / Times))) : time;
}
