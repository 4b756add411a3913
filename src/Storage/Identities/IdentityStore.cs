using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using S3Cassandra.Storage.Catalog;

namespace S3Cassandra.Storage.Identities;

/// <summary>
/// Users and access keys in the catalog. Names of users are unique without regard to case within their account. A key is written before its
/// user lists it and removed after: a crash between leaves a key that opens nothing.
/// </summary>
public sealed class IdentityStore(ICatalog catalog)
{
    /// <summary>Every lost race means that somebody else won; so many in a row on one user mean that something is wrong.</summary>
    private const int MaxAttempts = 32;

    /// <summary>A key that its user lists as active, and the user; null where there is none.</summary>
    public async ValueTask<(KeyRecord Key, UserRecord User)?> FindKeyAsync(string accessKeyId, CancellationToken cancellationToken)
    {
        var record = await catalog.GetAsync(CatalogTable.AccessKey, accessKeyId, cancellationToken);
        if (record?.Value is null)
        {
            return null;
        }

        var key = Read(record, IdentityJson.Default.KeyRecord);
        return await FindUserAsync(key.AccountId, key.UserName, cancellationToken) is { } user
            && user.Id == key.UserId
            && user.Keys.Any(listed => listed.Id == key.Id && listed.IsActive)
                ? (key, user)
                : null;
    }

    public async ValueTask<UserRecord?> FindUserAsync(string accountId, string name, CancellationToken cancellationToken) =>
        await catalog.GetAsync(CatalogTable.User, KeyOf(accountId, name), cancellationToken) is { Value: not null } record
            ? Read(record, IdentityJson.Default.UserRecord)
            : null;

    /// <summary>An account's users by name (in lower case), those above <paramref name="after"/>.</summary>
    public async ValueTask<IReadOnlyList<UserRecord>> ListUsersAsync(
        string accountId, string? after, int limit, CancellationToken cancellationToken)
    {
        var prefix = KeyOf(accountId, "");
        var records = await catalog.ListAsync(
            CatalogTable.User, prefix, after is null ? null : KeyOf(accountId, after), limit, cancellationToken);
        return [.. records.Select(record => Read(record, IdentityJson.Default.UserRecord))];
    }

    public async ValueTask<IdentityOutcome> CreateUserAsync(UserRecord user, CancellationToken cancellationToken)
    {
        var key = KeyOf(user.AccountId, user.Name);
        var written = await catalog.WriteAsync(CatalogTable.User, key, null, Bytes(user), cancellationToken);
        return written.Outcome switch
        {
            CatalogOutcome.Applied => IdentityOutcome.Changed,
            CatalogOutcome.NotApplied => IdentityOutcome.Exists,
            _ => await FindUserAsync(user.AccountId, user.Name, cancellationToken) is { } found && found.Id == user.Id
                ? IdentityOutcome.Changed
                : IdentityOutcome.Unknown,
        };
    }

    /// <summary>Changes a user; null from <paramref name="change"/> means that there is nothing to change: NotFound.</summary>
    public ValueTask<IdentityOutcome> ChangeUserAsync(
        string accountId, string name, Func<UserRecord, UserRecord?> change, CancellationToken cancellationToken) =>
        WriteUserAsync(accountId, name, user => change(user) is { } changed ? (true, Bytes(changed)) : (false, null), cancellationToken);

    /// <summary>Removes a user if <paramref name="mayGo"/> agrees with it as it is now; Conflict when it does not.</summary>
    public async ValueTask<IdentityOutcome> DeleteUserAsync(
        string accountId, string name, Func<UserRecord, bool> mayGo, CancellationToken cancellationToken)
    {
        var isHeld = false;
        var outcome = await WriteUserAsync(
            accountId,
            name,
            user =>
            {
                isHeld = !mayGo(user);
                return (!isHeld, null);
            },
            cancellationToken);
        return isHeld ? IdentityOutcome.Conflict : outcome;
    }

    /// <summary>Gives a user a key. <paramref name="mayHave"/> is asked with the user as it is now; Conflict when it does not agree.</summary>
    public async ValueTask<IdentityOutcome> CreateKeyAsync(
        KeyRecord key, DateTimeOffset created, Func<UserRecord, bool> mayHave, CancellationToken cancellationToken)
    {
        var written = await catalog.WriteAsync(
            CatalogTable.AccessKey, key.Id, null, JsonSerializer.SerializeToUtf8Bytes(key, IdentityJson.Default.KeyRecord), cancellationToken);
        if (written.Outcome != CatalogOutcome.Applied)
        {
            return written.Outcome == CatalogOutcome.NotApplied ? IdentityOutcome.Exists : IdentityOutcome.Unknown;
        }

        var isHeld = false;
        var outcome = await ChangeUserAsync(
            key.AccountId,
            key.UserName,
            user =>
            {
                isHeld = user.Id == key.UserId && !mayHave(user);
                return isHeld || user.Id != key.UserId ? null : user with { Keys = [.. user.Keys, new UserKey(key.Id, IsActive: true, created)] };
            },
            cancellationToken);
        if (outcome is not (IdentityOutcome.Changed or IdentityOutcome.Unknown))
        {
            await ForgetKeyAsync(key.Id, cancellationToken);
        }

        return isHeld ? IdentityOutcome.Conflict : outcome;
    }

    /// <summary>Takes a key from its user.</summary>
    public async ValueTask<IdentityOutcome> DeleteKeyAsync(string accountId, string name, string keyId, CancellationToken cancellationToken)
    {
        var outcome = await ChangeUserAsync(
            accountId,
            name,
            user => user.Keys.Any(key => key.Id == keyId) ? user with { Keys = [.. user.Keys.Where(key => key.Id != keyId)] } : null,
            cancellationToken);
        if (outcome == IdentityOutcome.Changed)
        {
            await ForgetKeyAsync(keyId, cancellationToken);
        }

        return outcome;
    }

    private static string KeyOf(string accountId, string name) => string.Concat(accountId, "/", name.ToLowerInvariant());

    private static byte[] Bytes(UserRecord user) => JsonSerializer.SerializeToUtf8Bytes(user, IdentityJson.Default.UserRecord);

    private static T Read<T>(CatalogRecord record, JsonTypeInfo<T> type)
        where T : class
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

    private async ValueTask<IdentityOutcome> WriteUserAsync(
        string accountId, string name, Func<UserRecord, (bool Write, byte[]? Value)> change, CancellationToken cancellationToken)
    {
        var key = KeyOf(accountId, name);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await catalog.GetAsync(CatalogTable.User, key, cancellationToken) is not { Value: not null } record)
            {
                return IdentityOutcome.NotFound;
            }

            var (write, value) = change(Read(record, IdentityJson.Default.UserRecord));
            if (!write)
            {
                return IdentityOutcome.NotFound;
            }

            var written = await catalog.WriteAsync(CatalogTable.User, key, record.Revision, value, cancellationToken);
            switch (written.Outcome)
            {
                case CatalogOutcome.Applied:
                    return IdentityOutcome.Changed;
                case CatalogOutcome.Unknown:
                    var now = await catalog.GetAsync(CatalogTable.User, key, cancellationToken);
                    return (value is null ? now?.Value is null : now?.Value is { } stored && stored.AsSpan().SequenceEqual(value))
                        ? IdentityOutcome.Changed
                        : IdentityOutcome.Unknown;
            }
        }

        return IdentityOutcome.Conflict;
    }

    private async ValueTask ForgetKeyAsync(string keyId, CancellationToken cancellationToken)
    {
        if (await catalog.GetAsync(CatalogTable.AccessKey, keyId, cancellationToken) is { } record)
        {
            await catalog.WriteAsync(CatalogTable.AccessKey, keyId, record.Revision, null, cancellationToken);
        }
    }
}
