namespace S3Cassandra.Support;

/// <summary>A timer of <see cref="ManualTime"/>: however many periods pass at once, it runs once.</summary>
internal sealed class ManualTimer(ManualTime time, Action callback) : ITimer
{
    private long _due = long.MaxValue;
    private TimeSpan _period;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _period = period;
        Interlocked.Exchange(ref _due, dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : time.GetTimestamp() + dueTime.Ticks);
        return true;
    }

    public void RunIfDue(long now)
    {
        if (Interlocked.Read(ref _due) > now)
        {
            return;
        }
        Interlocked.Exchange(ref _due, _period <= TimeSpan.Zero ? long.MaxValue : now + _period.Ticks);
        callback();
    }

    public void Dispose()
    {
        Interlocked.Exchange(ref _due, long.MaxValue);
        time.Remove(this);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
