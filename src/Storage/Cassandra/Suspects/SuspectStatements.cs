using S3Cassandra.Cql.Statements;
using S3Cassandra.Storage.Cassandra.Statements;

namespace S3Cassandra.Storage.Cassandra.Suspects;

/// <summary>
/// The statements on <c>suspect</c> and <c>suspect_hour</c>. A naming is inserted at the timestamp 1, marked at 2 and deleted at 3: no clock
/// has a say in which of them wins. The hours are conditional writes throughout.
/// </summary>
internal sealed record SuspectStatements(
    PreparedStatement Insert,
    PreparedStatement Mark,
    PreparedStatement Delete,
    PreparedStatement Select,
    PreparedStatement TouchHour,
    PreparedStatement SelectHours,
    PreparedStatement DeleteHour)
{
    public static async ValueTask<SuspectStatements> PrepareAsync(StatementRunner runner, CancellationToken cancellationToken)
    {
        const string row = "hour = ? AND slot = ? AND stamp";
        return new(
            await runner.PrepareAsync(
                "INSERT INTO suspect (hour, slot, stamp, kind, id, bucket, key, upload, attempt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP 1",
                cancellationToken),
            await runner.PrepareAsync($"UPDATE suspect USING TIMESTAMP 2 SET unreferenced_since = ? WHERE {row} = ?", cancellationToken),
            await runner.PrepareAsync($"DELETE FROM suspect USING TIMESTAMP 3 WHERE {row} = ?", cancellationToken),
            await runner.PrepareAsync(
                $"SELECT stamp, kind, id, bucket, key, upload, attempt, unreferenced_since FROM suspect WHERE {row} > ? AND stamp < ? LIMIT ?",
                cancellationToken),
            await runner.PrepareAsync("UPDATE suspect_hour SET touch = ? WHERE slot = ? AND hour = ? IF touch != ?", cancellationToken),
            await runner.PrepareAsync("SELECT hour, touch FROM suspect_hour WHERE slot = ?", cancellationToken),
            await runner.PrepareAsync("DELETE FROM suspect_hour WHERE slot = ? AND hour = ? IF touch = ?", cancellationToken));
    }
}
