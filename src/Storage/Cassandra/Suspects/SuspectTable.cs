using System.Runtime.CompilerServices;
using S3Cassandra.Cql;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Storage.Cassandra.Statements;
using S3Cassandra.Storage.Cassandra.Tables;

namespace S3Cassandra.Storage.Cassandra.Suspects;

/// <summary><see cref="ISuspectTable"/> in Cassandra: partitions by hour and slot, in them a row per naming, by time.</summary>
internal sealed class SuspectTable : ISuspectTable
{
    private const int IdLength = 16;

    private readonly StatementRunner _runner;
    private readonly SuspectStatements _statements;
    private readonly SuspectHours _hours;
    private readonly TimeUuid _stamps;
    private readonly TimeProvider _clock;

    private SuspectTable(StatementRunner runner, SuspectStatements statements, TimeProvider clock)
    {
        _runner = runner;
        _statements = statements;
        _clock = clock;
        _hours = new SuspectHours(runner, statements, clock);
        _stamps = new TimeUuid(clock);
    }

    /// <summary>Of a session that uses the keyspace.</summary>
    public static async ValueTask<SuspectTable> OpenAsync(StatementRunner runner, TimeProvider clock, CancellationToken cancellationToken) =>
        new(runner, await SuspectStatements.PrepareAsync(runner, cancellationToken), clock);

    public async ValueTask<IReadOnlyList<NamedSuspicion>> NameAsync(IReadOnlyList<Suspicion> suspicions, CancellationToken cancellationToken)
    {
        while (true)
        {
            var begun = _clock.GetTimestamp();
            var namings = new NamedSuspicion[suspicions.Count];
            for (var i = 0; i < namings.Length; i++)
            {
                namings[i] = new NamedSuspicion(suspicions[i], _stamps.New());
            }

            var touched = await Task.WhenAll(namings.GroupBy(HourOf).Select(hour => NameAsync(hour.Key, [.. hour], cancellationToken)));
            begun = touched.Append(begun).Min();

            // A process that stood still meanwhile may have named them in an hour that is gone, or that was swept.
            if (_clock.GetElapsedTime(begun) < HourTouch.Lifetime)
            {
                return namings;
            }
        }
    }

    public async IAsyncEnumerable<NamedSuspicion> ReadAsync(
        IReadOnlyList<int> slots, DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lists = await Task.WhenAll(slots.Select(slot => _hours.ListAsync(slot, before, cancellationToken).AsTask()));
        foreach (var hour in lists.SelectMany(list => list).GroupBy(entry => entry.Hour.Hour).OrderBy(hour => hour.Key))
        {
            var begun = _clock.GetTimestamp();
            var cursors = hour.Select(entry => (entry.Touch, Cursor: new SuspectCursor(_runner, _statements, entry.Hour, before))).ToArray();
            await foreach (var naming in MergeAsync(Array.ConvertAll(cursors, entry => entry.Cursor), cancellationToken))
            {
                yield return naming;
            }

            foreach (var (touch, cursor) in cursors)
            {
                if (cursor.IsEmpty)
                {
                    await _hours.NoteEmptyAsync(cursor.Hour, touch, begun, cancellationToken);
                }
            }
        }
    }

    public async ValueTask MarkAsync(NamedSuspicion naming, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var hour = HourOf(naming);
        using var bound = _statements.Mark.Bind().Instant(now).Bigint(hour.Hour).Int(hour.Slot).Uuid(naming.Stamp);
        await _runner.WriteAsync(bound, cancellationToken);
    }

    public async ValueTask ClearAsync(NamedSuspicion naming, CancellationToken cancellationToken)
    {
        var hour = HourOf(naming);
        using var bound = _statements.Delete.Bind().Bigint(hour.Hour).Int(hour.Slot).Uuid(naming.Stamp);
        CrashPoint.Hit("suspect-before-clear");
        await _runner.WriteAsync(bound, cancellationToken);
        CrashPoint.Hit("suspect-after-clear");
    }

    private async Task<long> NameAsync(SuspectHour hour, NamedSuspicion[] namings, CancellationToken cancellationToken)
    {
        var touched = await _hours.TouchAsync(hour, cancellationToken);
        CrashPoint.Hit("suspect-before-keep");
        await InsertAsync(hour, namings, cancellationToken);
        CrashPoint.Hit("suspect-after-keep");
        return touched;
    }

    private static SuspectHour HourOf(NamedSuspicion naming)
    {
        var since = naming.Since;
        return new(SuspectSlots.Of(naming.Suspicion.Kind, since), SuspectHour.Of(since));
    }

    private static async IAsyncEnumerable<NamedSuspicion> MergeAsync(
        SuspectCursor[] cursors, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var queue = new PriorityQueue<SuspectCursor, DateTimeOffset>();
        var begun = await Task.WhenAll(cursors.Select(async cursor => (cursor, any: await cursor.MoveNextAsync(cancellationToken))));
        foreach (var (cursor, _) in begun.Where(entry => entry.any))
        {
            queue.Enqueue(cursor, cursor.Current.Since);
        }

        while (queue.TryDequeue(out var cursor, out _))
        {
            yield return cursor.Current;
            if (await cursor.MoveNextAsync(cancellationToken))
            {
                queue.Enqueue(cursor, cursor.Current.Since);
            }
        }
    }

    private async ValueTask InsertAsync(SuspectHour hour, NamedSuspicion[] namings, CancellationToken cancellationToken)
    {
        if (namings is [var only])
        {
            using var bound = Bind(hour, only);
            await _runner.WriteAsync(bound, cancellationToken);
            return;
        }

        using var batch = new BatchStatement(BatchType.Unlogged);
        foreach (var naming in namings)
        {
            var bound = Bind(hour, naming);
            bound.IsIdempotent = true;
            batch.Add(bound);
        }

        await _runner.WriteAsync(batch, cancellationToken);
    }

    private BoundStatement Bind(SuspectHour hour, NamedSuspicion naming)
    {
        var suspicion = naming.Suspicion;
        Span<byte> id = stackalloc byte[IdLength];
        suspicion.Id.TryWriteBytes(id, bigEndian: true, out _);
        var bound = _statements.Insert.Bind().Bigint(hour.Hour).Int(hour.Slot).Uuid(naming.Stamp)
            .Tinyint((sbyte)suspicion.Kind).BlobCopy(id).Uuid(suspicion.Bucket.Value);
        bound = suspicion.Key is { } key ? bound.BlobCopy(key.Span) : bound.Unset();
        bound = suspicion.Upload is { } upload ? bound.BlobCopy(upload.ToBytes()) : bound.Unset();
        return suspicion.Attempt is { } attempt ? bound.Uuid(attempt.Value) : bound.Unset();
    }
}
