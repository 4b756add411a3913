using S3Cassandra.Storage.Catalog;

namespace S3Cassandra.Storage.Embedded.Sqlite;

/// <summary>Changes the catalog.</summary>
internal sealed class CatalogStatements(SqliteConnection connection, RowSum sum)
{
    private readonly Statement _put = connection.Prepare(
        "INSERT OR REPLACE INTO catalog (space, key, revision, value, sum) VALUES (?1, ?2, ?3, ?4, ?5)");

    public CatalogQueries Queries { get; } = new(connection, sum);

    /// <summary>Writes a record; null leaves a row without a value, which is what tells caches of a deletion.</summary>
    public void Put(CatalogTable table, ReadOnlySpan<byte> key, long revision, byte[]? value)
    {
        _put.Bind(1, (long)table).Bind(2, key).Bind(3, revision).Bind(5, CatalogQueries.SumOf(sum, table, key, revision, value));
        _ = value is null ? _put.BindNull(4) : _put.Bind(4, value.AsSpan());
        _put.Run();
    }
}
