using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using S3Cassandra.Storage.Catalog;

namespace S3Cassandra.Storage.Identities;

/// <summary>
/// Records of one kind in the catalog, as JSON. What changes one reads it, makes another of it and writes that on the condition that nobody
/// wrote between; so a change sees the record as it is and applies once.
/// </summary>
public sealed class CatalogRecords<T>(ICatalog catalog, CatalogTable table, JsonTypeInfo<T> type)
    where T : class
{
    /// <summary>Every lost race means that somebody else won; so many in a row on one record mean that something is wrong.</summary>
    private const int MaxAttempts = 32;

    public async ValueTask<T?> FindAsync(string key, CancellationToken cancellationToken) =>
        await catalog.GetAsync(table, key, cancellationToken) is { Value: not null } record ? Read(record) : null;

    /// <summary>Records whose keys begin with <paramref name="prefix"/> and come after <paramref name="after"/>, in byte order of the keys.</summary>
    public async ValueTask<IReadOnlyList<T>> ListAsync(string prefix, string? after, int limit, CancellationToken cancellationToken) =>
        [.. (await catalog.ListAsync(table, prefix, after, limit, cancellationToken)).Select(Read)];

    /// <summary>Changed, Exists or Unknown.</summary>
    public async ValueTask<IdentityOutcome> CreateAsync(string key, T record, CancellationToken cancellationToken)
    {
        var value = Bytes(record);
        return (await catalog.WriteAsync(table, key, null, value, cancellationToken)).Outcome switch
        {
            CatalogOutcome.Applied => IdentityOutcome.Changed,
            CatalogOutcome.NotApplied => IdentityOutcome.Exists,
            _ => await IsAsync(key, value, cancellationToken) ? IdentityOutcome.Changed : IdentityOutcome.Unknown,
        };
    }

    /// <summary>
    /// Changes a record; null from <paramref name="change"/> means that it found nothing to change: NotFound, as for a record that is not
    /// there. It may be called several times, and may throw to end the change.
    /// </summary>
    public ValueTask<IdentityOutcome> ChangeAsync(string key, Func<T, T?> change, CancellationToken cancellationToken) =>
        WriteAsync(key, record => change(record) is { } changed ? (IdentityOutcome.Changed, Bytes(changed)) : (IdentityOutcome.NotFound, null), cancellationToken);

    /// <summary>Removes a record if <paramref name="mayGo"/> agrees with it as it is now; Conflict when it does not.</summary>
    public ValueTask<IdentityOutcome> RemoveAsync(string key, Func<T, bool> mayGo, CancellationToken cancellationToken) =>
        WriteAsync(key, record => (mayGo(record) ? IdentityOutcome.Changed : IdentityOutcome.Conflict, null), cancellationToken);

    private byte[] Bytes(T record) => JsonSerializer.SerializeToUtf8Bytes(record, type);

    private T Read(CatalogRecord record)
    {
        try
        {
            return JsonSerializer.Deserialize(record.Value, type) ?? throw new CorruptDataException($"The record {record.Key} is empty.");
        }
        catch (JsonException exception)
        {
            throw new CorruptDataException($"The record {record.Key} is not one that this server writes.", exception);
        }
    }

    private async ValueTask<IdentityOutcome> WriteAsync(
        string key, Func<T, (IdentityOutcome Outcome, byte[]? Value)> change, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await catalog.GetAsync(table, key, cancellationToken) is not { Value: not null } record)
            {
                return IdentityOutcome.NotFound;
            }

            var (wanted, value) = change(Read(record));
            if (wanted != IdentityOutcome.Changed)
            {
                return wanted;
            }

            switch ((await catalog.WriteAsync(table, key, record.Revision, value, cancellationToken)).Outcome)
            {
                case CatalogOutcome.Applied:
                    return IdentityOutcome.Changed;
                case CatalogOutcome.Unknown:
                    return await IsAsync(key, value, cancellationToken) ? IdentityOutcome.Changed : IdentityOutcome.Unknown;
            }
        }

        return IdentityOutcome.Conflict;
    }

    private async ValueTask<bool> IsAsync(string key, byte[]? value, CancellationToken cancellationToken)
    {
        var now = (await catalog.GetAsync(table, key, cancellationToken))?.Value;
        return value is null ? now is null : now is not null && now.AsSpan().SequenceEqual(value);
    }
}
