using System.Text.Json.Serialization.Metadata;
using S3Cassandra.Storage.Catalog;

namespace S3Cassandra.Storage.Identities;

/// <summary>Records of one kind by account and name: users, groups, roles, managed policies. Names are unique without regard to case.</summary>
public sealed class NamedRecords<T>(ICatalog catalog, CatalogTable table, JsonTypeInfo<T> type)
    where T : class, INamedRecord
{
    private const int ReadAtOnce = 500;

    private readonly CatalogRecords<T> _records = new(catalog, table, type);

    public ValueTask<T?> FindAsync(string accountId, string name, CancellationToken cancellationToken) =>
        _records.FindAsync(KeyOf(accountId, name), cancellationToken);

    /// <summary>An account's records by name (in lower case), those above <paramref name="after"/>.</summary>
    public ValueTask<IReadOnlyList<T>> ListAsync(string accountId, string? after, int limit, CancellationToken cancellationToken) =>
        _records.ListAsync(KeyOf(accountId, ""), after is null ? null : KeyOf(accountId, after), limit, cancellationToken);

    /// <summary>All of an account, by name, as they are read: a page at a time.</summary>
    public async IAsyncEnumerable<T> AllAsync(
        string accountId, string? after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var some = await ListAsync(accountId, after, ReadAtOnce, cancellationToken);
            foreach (var record in some)
            {
                yield return record;
            }

            if (some.Count < ReadAtOnce)
            {
                yield break;
            }

            after = some[^1].Name;
        }
    }

    public ValueTask<IdentityOutcome> CreateAsync(T record, CancellationToken cancellationToken) =>
        _records.CreateAsync(KeyOf(record.AccountId, record.Name), record, cancellationToken);

    /// <summary>As <see cref="CatalogRecords{T}.ChangeAsync"/>. The name stays.</summary>
    public ValueTask<IdentityOutcome> ChangeAsync(string accountId, string name, Func<T, T?> change, CancellationToken cancellationToken) =>
        _records.ChangeAsync(KeyOf(accountId, name), change, cancellationToken);

    /// <summary>As <see cref="CatalogRecords{T}.RemoveAsync"/>.</summary>
    public ValueTask<IdentityOutcome> RemoveAsync(string accountId, string name, Func<T, bool> mayGo, CancellationToken cancellationToken) =>
        _records.RemoveAsync(KeyOf(accountId, name), mayGo, cancellationToken);

    private static string KeyOf(string accountId, string name) => string.Concat(accountId, "/", name.ToLowerInvariant());
}
