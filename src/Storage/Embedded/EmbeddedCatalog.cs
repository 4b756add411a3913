using System.Text;
using S3Cassandra.Storage.Catalog;
using S3Cassandra.Storage.Embedded.Sqlite;

namespace S3Cassandra.Storage.Embedded;

/// <summary><see cref="ICatalog"/> in SQLite.</summary>
internal sealed class EmbeddedCatalog(ReaderPool readers, WriterThread writer) : ICatalog
{
    public ValueTask<CatalogRecord?> GetAsync(CatalogTable table, string key, CancellationToken cancellationToken) =>
        ValueTask.FromResult(readers.Read((table, key), static (reader, ask) =>
            reader.Catalog.Get(ask.table, ask.key) is { Value: not null } record ? record : null));

    public ValueTask<CatalogResult> WriteAsync(
        CatalogTable table, string key, long? expectedRevision, byte[]? value, CancellationToken cancellationToken) =>
        writer.RunAsync(
            new DelegateJob<CatalogResult>(
                on => Write(on, table, key, expectedRevision, value), static () => new CatalogResult(CatalogOutcome.Unknown, null)),
            cancellationToken);

    public ValueTask<IReadOnlyList<CatalogRecord>> ListAsync(
        CatalogTable table, string prefix, string? after, int limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult(readers.Read(
            (table, prefix, after, limit), static (reader, ask) => reader.Catalog.List(ask.table, ask.prefix, ask.after, ask.limit)));

    public ValueTask<IReadOnlyList<CatalogRecord>> ChangedSinceAsync(
        CatalogTable table, long revision, int limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult(readers.Read(
            (table, revision, limit), static (reader, ask) => reader.Catalog.ChangedSince(ask.table, ask.revision, ask.limit)));

    private static CatalogResult Write(SqliteWriter writer, CatalogTable table, string key, long? expectedRevision, byte[]? value)
    {
        var current = writer.Catalog.Queries.Get(table, key) is { Value: not null } found ? found : null;
        if (current?.Revision != expectedRevision)
        {
            return new CatalogResult(CatalogOutcome.NotApplied, current);
        }

        var revision = writer.Catalog.Queries.LastRevision(table) + 1;
        writer.Catalog.Put(table, Encoding.UTF8.GetBytes(key), revision, value);
        return new CatalogResult(CatalogOutcome.Applied, new CatalogRecord(key, revision, value));
    }
}
