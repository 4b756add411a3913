using S3Cassandra.Cql;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Statements;

namespace S3Cassandra.Storage.Cassandra.Schema;

/// <summary>The <c>setting</c> table: facts of the store by name, each written under a condition and read at the level of its conditions.</summary>
internal sealed class StoreFacts(CqlSession session)
{
    /// <summary>The version of the schema that is in force.</summary>
    public const string SchemaVersion = "schema_version";

    /// <summary>The data centre whose servers may write; the level of conditional statements holds among its replicas.</summary>
    public const string HomeDatacenter = "home_datacenter";

    /// <summary>That level.</summary>
    public const string SerialConsistency = "serial_consistency";

    public async ValueTask<string?> GetAsync(string name, CancellationToken token)
    {
        var select = await session.PrepareAsync("SELECT value FROM setting WHERE name = ?", token);
        using var bound = select.Bind().Text(name);
        bound.Consistency = Consistency.LocalSerial;
        using var rows = await session.ExecuteAsync(bound, token);
        return rows.Read() && !rows.IsNull(0) ? rows.GetText(0) : null;
    }

    /// <summary>Whether the fact was <paramref name="expected"/> (null: none) and now is <paramref name="value"/> (null: none).</summary>
    /// <param name="name">The fact's name.</param>
    /// <param name="expected">What it must be.</param>
    /// <param name="value">What it is to be.</param>
    /// <param name="life">After which it is gone by itself; null: never.</param>
    /// <param name="token">Ends the wait.</param>
    public async ValueTask<Outcome> ChangeAsync(string name, string? expected, string? value, TimeSpan? life, CancellationToken token)
    {
        var seconds = life is { } span ? (int)span.TotalSeconds : 0;
        var update = await session.PrepareAsync("UPDATE setting USING TTL ? SET value = ? WHERE name = ? IF value = ?", token);
        using var bound = Text(Text(update.Bind().Int(seconds), value).Text(name), expected);
        using var result = await session.ExecuteConditionalAsync(bound, token);
        return result.Outcome;
    }

    private static BoundStatement Text(BoundStatement bound, string? value) => value is null ? bound.Null() : bound.Text(value);
}
