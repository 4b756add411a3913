using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Cql.Tests.Cassandra;

namespace S3Cassandra.Cql.Tests.Faults.Counter;

/// <summary>
/// One partition: the counter, and each writer's last number in a row of its own. Not in a map beside the counter: Cassandra 5.0.9 takes
/// <c>IF done[k] = x</c> for true whatever the map holds there, if it holds anything.
/// </summary>
internal sealed class CounterTable
{
    private readonly CqlSession _session;
    private readonly PreparedStatement _read;
    private readonly PreparedStatement _increment;
    private readonly PreparedStatement _forbid;

    private CounterTable(CqlSession session, PreparedStatement read, PreparedStatement increment, PreparedStatement forbid)
    {
        _session = session;
        _read = read;
        _increment = increment;
        _forbid = forbid;
    }

    public static async Task<CounterTable> PrepareAsync(CqlSession session, CancellationToken token) => new(
        session,
        await session.PrepareAsync("SELECT value, done FROM counter WHERE id = 1 AND writer = ?", token),
        await session.PrepareAsync("UPDATE counter SET value = ?, done = ? WHERE id = 1 AND writer = ? IF value = ? AND done = ?", token),
        await session.PrepareAsync("UPDATE counter SET done = ? WHERE id = 1 AND writer = ? IF done = ?", token));

    public async Task<CounterState> ReadAsync(Guid writer, Consistency consistency, CancellationToken token)
    {
        using var bound = _read.Bind().Uuid(writer);
        bound.Consistency = consistency;
        using var rows = await _session.ExecuteAsync(bound, token);
        return rows.Read() ? new(rows.GetBigint(0), rows.IsNull(1) ? null : rows.GetBigint(1)) : new(await ValueAsync(token), null);
    }

    public async Task<Outcome> IncrementAsync(Guid writer, long number, CounterState seen, CancellationToken token)
    {
        var bound = _increment.Bind().Bigint(seen.Value + 1).Bigint(number).Uuid(writer).Bigint(seen.Value);
        return await _session.TryAsync(seen.Done is { } done ? bound.Bigint(done) : bound.Null(), token);
    }

    /// <summary>Puts a forbidding entry in the place where an increment would find its own condition.</summary>
    public async Task<Outcome> ForbidAsync(Guid writer, long number, long? done, CancellationToken token)
    {
        var bound = _forbid.Bind().Bigint(-number).Uuid(writer);
        return await _session.TryAsync(done is { } before ? bound.Bigint(before) : bound.Null(), token);
    }

    /// <summary>The counter alone.</summary>
    public async Task<long> ValueAsync(CancellationToken token)
    {
        using var rows = await _session.ExecuteAsync(
            new SimpleStatement("SELECT DISTINCT id, value FROM counter WHERE id = 1") { Consistency = Consistency.LocalSerial }, token);
        Assert.True(rows.Read());
        return rows.GetBigint(1);
    }
}
