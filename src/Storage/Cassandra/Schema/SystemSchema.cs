using System.Globalization;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Storage.Cassandra.Settings;

namespace S3Cassandra.Storage.Cassandra.Schema;

/// <summary>What Cassandra says of its own schema.</summary>
internal static class SystemSchema
{
    /// <summary>As <see cref="Replication"/> writes it, data centres in their order; null: there is no such keyspace.</summary>
    public static async ValueTask<string?> ReplicationAsync(CqlSession session, string keyspace, CancellationToken token)
    {
        var select = await session.PrepareAsync("SELECT replication FROM system_schema.keyspaces WHERE keyspace_name = ?", token);
        using var bound = select.Bind().Text(keyspace);
        using var rows = await session.ExecuteAsync(bound, token);
        if (!rows.Read())
        {
            return null;
        }
        var map = rows.GetMap<string, string>(0);
        return string.Join(',', map.Where(entry => entry.Key != "class").OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}={entry.Value}"));
    }

    /// <summary>The columns of a keyspace's tables.</summary>
    public static async ValueTask<IReadOnlyList<SchemaColumn>> ColumnsAsync(CqlSession session, string keyspace, CancellationToken token)
    {
        var select = await session.PrepareAsync("SELECT table_name, column_name, type, kind FROM system_schema.columns WHERE keyspace_name = ?", token);
        using var bound = select.Bind().Text(keyspace);
        using var rows = await session.ExecuteAsync(bound, token);
        var columns = new List<SchemaColumn>(rows.Count);
        while (rows.Read())
        {
            columns.Add(new(rows.GetText(0), rows.GetText(1), rows.GetText(2) + (rows.GetText(3) == "static" ? " static" : "")));
        }
        return columns;
    }

    public static bool AreSame(string existing, Replication wanted) =>
        existing == string.Join(',', wanted.Factors.OrderBy(factor => factor.Key, StringComparer.Ordinal)
            .Select(factor => string.Create(CultureInfo.InvariantCulture, $"{factor.Key}={factor.Value}")));
}
