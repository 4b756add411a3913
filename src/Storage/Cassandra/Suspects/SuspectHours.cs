using System.Collections.Concurrent;
using S3Cassandra.Storage.Cassandra.Statements;

namespace S3Cassandra.Storage.Cassandra.Suspects;

/// <summary>
/// Which hours have suspects, per slot. An hour's row is there before its first suspect is; it goes when the hour is long past and empty:
/// seen empty with one and the same touch, more than a touch's lifetime apart, and removed on the condition that the touch is still that
/// one. A naming that rests on that touch or an earlier one was durable before the second look, which would have seen it; one that comes
/// later brings another touch. That needs no clock to be right, only clocks that run.
/// </summary>
internal sealed class SuspectHours(StatementRunner runner, SuspectStatements statements, TimeProvider clock)
{
    private const int MostTouches = 256;

    /// <summary>Before that nobody looks whether an hour can go: an upload may still be under way in it.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromHours(26);

    private readonly ConcurrentDictionary<SuspectHour, HourTouch> _touches = new();
    private readonly ConcurrentDictionary<SuspectHour, (Guid Touch, long Seen)> _empty = new();

    /// <summary>See to it that readers look into this hour; when that was begun, by <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public ValueTask<long> TouchAsync(SuspectHour hour, CancellationToken cancellationToken)
    {
        if (_touches.TryGetValue(hour, out var touch))
        {
            return touch.GetAsync(cancellationToken);
        }

        if (_touches.Count >= MostTouches)
        {
            foreach (var old in _touches.Keys.Where(old => old.Hour < hour.Hour))
            {
                _touches.TryRemove(old, out _);
            }
        }

        return _touches.GetOrAdd(hour, static (hour, own) => new HourTouch(own.runner, own.statements, own.clock, hour), (runner, statements, clock))
            .GetAsync(cancellationToken);
    }

    /// <summary>The hours of a slot that may have suspects named before a moment, with their touches.</summary>
    public async ValueTask<IReadOnlyList<(SuspectHour Hour, Guid Touch)>> ListAsync(
        int slot, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var found = new List<(SuspectHour, Guid)>();
        using var bound = statements.SelectHours.Bind().Int(slot);
        await foreach (var page in runner.ReadPagesAsync(bound, cancellationToken))
        {
            while (page.Read())
            {
                var hour = new SuspectHour(slot, page.GetBigint(0));
                if (hour.Start < before)
                {
                    found.Add((hour, page.GetUuid(1)));
                }
            }
        }

        return found;
    }

    /// <summary>A read of the whole hour, begun after its touch was read, found nothing.</summary>
    public async ValueTask NoteEmptyAsync(SuspectHour hour, Guid touch, long readBegun, CancellationToken cancellationToken)
    {
        if (clock.GetUtcNow() - hour.Start < Kept)
        {
            return;
        }

        var seen = _empty.GetOrAdd(hour, (touch, clock.GetTimestamp()));
        if (seen.Touch != touch)
        {
            _empty[hour] = (touch, clock.GetTimestamp());
        }
        else if (readBegun > seen.Seen && clock.GetElapsedTime(seen.Seen, readBegun) > 2 * HourTouch.Lifetime)
        {
            _empty.TryRemove(hour, out _);
            await RemoveAsync(hour, touch, cancellationToken);
        }
    }

    private async ValueTask RemoveAsync(SuspectHour hour, Guid touch, CancellationToken cancellationToken)
    {
        using var bound = statements.DeleteHour.Bind().Int(hour.Slot).Bigint(hour.Hour).Uuid(touch);

        // Whatever came of it: what is still there is tried again later.
        using var result = await runner.TryAsync(bound, cancellationToken);
    }
}
