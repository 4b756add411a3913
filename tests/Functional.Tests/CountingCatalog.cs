using System.Collections.Concurrent;
using S3Cassandra.Storage.Catalog;

namespace S3Cassandra.Functional.Tests;

/// <summary>A catalog that remembers what it was asked for.</summary>
internal sealed class CountingCatalog(ICatalog catalog) : ICatalog
{
    private readonly ConcurrentQueue<string> _reads = new();

    /// <summary>What was read since the last call.</summary>
    public IReadOnlyList<string> TakeReads()
    {
        var reads = new List<string>();
        while (_reads.TryDequeue(out var read))
        {
            reads.Add(read);
        }

        return reads;
    }

    public ValueTask<CatalogRecord?> GetAsync(CatalogTable table, string key, CancellationToken cancellationToken)
    {
        _reads.Enqueue($"{table} {key}");
        return catalog.GetAsync(table, key, cancellationToken);
    }

    public ValueTask<CatalogResult> WriteAsync(
        CatalogTable table, string key, long? expectedRevision, byte[]? value, CancellationToken cancellationToken) =>
        catalog.WriteAsync(table, key, expectedRevision, value, cancellationToken);

    public ValueTask<IReadOnlyList<CatalogRecord>> ListAsync(
        CatalogTable table, string prefix, string? after, int limit, CancellationToken cancellationToken)
    {
        _reads.Enqueue($"{table} {prefix}*");
        return catalog.ListAsync(table, prefix, after, limit, cancellationToken);
    }

    public ValueTask<IReadOnlyList<CatalogRecord>> ChangedSinceAsync(
        CatalogTable table, long revision, int limit, CancellationToken cancellationToken) =>
        catalog.ChangedSinceAsync(table, revision, limit, cancellationToken);
}
