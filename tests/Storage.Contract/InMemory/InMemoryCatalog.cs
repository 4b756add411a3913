using System.Text;
using S3Cassandra.Storage.Catalog;

namespace S3Cassandra.Storage.Contract.InMemory;

/// <summary><see cref="ICatalog"/> in memory.</summary>
internal sealed class InMemoryCatalog(Lock gate) : ICatalog
{
    private readonly Dictionary<(CatalogTable Table, string Key), CatalogRecord> _records = [];
    private readonly Dictionary<CatalogTable, long> _revisions = [];

    public ValueTask<CatalogRecord?> GetAsync(CatalogTable table, string key, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return ValueTask.FromResult(Find(table, key));
        }
    }

    public ValueTask<CatalogResult> WriteAsync(
        CatalogTable table, string key, long? expectedRevision, byte[]? value, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var current = Find(table, key);
            if (current?.Revision != expectedRevision)
            {
                return ValueTask.FromResult(new CatalogResult(CatalogOutcome.NotApplied, current));
            }

            var revision = _revisions[table] = _revisions.GetValueOrDefault(table) + 1;
            var record = _records[(table, key)] = new CatalogRecord(key, revision, value?.ToArray());
            return ValueTask.FromResult(new CatalogResult(CatalogOutcome.Applied, record));
        }
    }

    public ValueTask<IReadOnlyList<CatalogRecord>> ListAsync(
        CatalogTable table, string prefix, string? after, int limit, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var (begin, above) = (Encoding.UTF8.GetBytes(prefix), after is null ? null : Encoding.UTF8.GetBytes(after));
            return ValueTask.FromResult<IReadOnlyList<CatalogRecord>>([.. In(table)
                .Where(record => record.Value is not null)
                .Select(record => (Bytes: Encoding.UTF8.GetBytes(record.Key), Record: record))
                .Where(pair => pair.Bytes.AsSpan().StartsWith(begin))
                .Where(pair => above is null || pair.Bytes.AsSpan().SequenceCompareTo(above) > 0)
                .OrderBy(pair => pair.Bytes, Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right)))
                .Take(limit)
                .Select(pair => pair.Record)]);
        }
    }

    public ValueTask<IReadOnlyList<CatalogRecord>> ChangedSinceAsync(
        CatalogTable table, long revision, int limit, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return ValueTask.FromResult<IReadOnlyList<CatalogRecord>>(
                [.. In(table).Where(record => record.Revision > revision).OrderBy(record => record.Revision).Take(limit)]);
        }
    }

    private CatalogRecord? Find(CatalogTable table, string key) =>
        _records.TryGetValue((table, key), out var record) && record.Value is not null ? record : null;

    private IEnumerable<CatalogRecord> In(CatalogTable table) =>
        _records.Where(pair => pair.Key.Table == table).Select(pair => pair.Value);
}
