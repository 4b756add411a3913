using S3Cassandra.Storage.Catalog;

namespace S3Cassandra.Storage.Contract.Faults;

/// <summary>A catalog whose calls meet the faults of a plan.</summary>
public sealed class FaultyCatalog(ICatalog inner, FaultPlan plan) : ICatalog
{
    public ValueTask<CatalogRecord?> GetAsync(CatalogTable table, string key, CancellationToken cancellationToken) =>
        plan.RunAsync("Catalog.GetAsync", false, () => inner.GetAsync(table, key, cancellationToken));

    public ValueTask<CatalogResult> WriteAsync(
        CatalogTable table, string key, long? expectedRevision, byte[]? value, CancellationToken cancellationToken) =>
        plan.RunAsync(
            "Catalog.WriteAsync",
            new CatalogResult(CatalogOutcome.Unknown, null),
            () => inner.WriteAsync(table, key, expectedRevision, value, cancellationToken));

    public ValueTask<IReadOnlyList<CatalogRecord>> ListAsync(
        CatalogTable table, string prefix, string? after, int limit, CancellationToken cancellationToken) =>
        plan.RunAsync("Catalog.ListAsync", false, () => inner.ListAsync(table, prefix, after, limit, cancellationToken));

    public ValueTask<IReadOnlyList<CatalogRecord>> ChangedSinceAsync(
        CatalogTable table, long revision, int limit, CancellationToken cancellationToken) =>
        plan.RunAsync("Catalog.ChangedSinceAsync", false, () => inner.ChangedSinceAsync(table, revision, limit, cancellationToken));
}
