using S3Cassandra.Storage.Catalog;

namespace S3Cassandra.Storage.Identities;

/// <summary>
/// Users, groups, roles, managed policies and access keys in the catalog. A key is written before its user (or account, for a root's) lists
/// it and removed after: a crash between leaves a key that opens nothing.
/// </summary>
public sealed class IdentityStore(ICatalog catalog, AccountStore accounts)
{
    private readonly CatalogRecords<KeyRecord> _keys = new(catalog, CatalogTable.AccessKey, IdentityJson.Records.KeyRecord);

    public NamedRecords<UserRecord> Users { get; } = new(catalog, CatalogTable.User, IdentityJson.Records.UserRecord);

    public NamedRecords<GroupRecord> Groups { get; } = new(catalog, CatalogTable.Group, IdentityJson.Records.GroupRecord);

    public NamedRecords<RoleRecord> Roles { get; } = new(catalog, CatalogTable.Role, IdentityJson.Records.RoleRecord);

    /// <summary>OpenID Connect providers, by their URL without scheme.</summary>
    public NamedRecords<OidcProviderRecord> Providers { get; } =
        new(catalog, CatalogTable.OidcProvider, IdentityJson.Records.OidcProviderRecord);

    public NamedRecords<ManagedPolicyRecord> Policies { get; } =
        new(catalog, CatalogTable.ManagedPolicy, IdentityJson.Records.ManagedPolicyRecord);

    /// <summary>A key that its user lists as active, and the user (null: the account's root); null where there is none.</summary>
    public async ValueTask<(KeyRecord Key, UserRecord? User)?> FindKeyAsync(string accessKeyId, CancellationToken cancellationToken)
    {
        if (await _keys.FindAsync(accessKeyId, cancellationToken) is not { } key)
        {
            return null;
        }

        if (key.IsRoots())
        {
            var account = await accounts.FindAsync(key.AccountId, cancellationToken);
            return account is not null && Lists(account.Keys, key) ? (key, null) : null;
        }

        var user = await Users.FindAsync(key.AccountId, key.UserName, cancellationToken);
        return user is not null && user.Id == key.UserId && Lists(user.Keys, key) ? (key, user) : null;
    }

    /// <summary>Whose a key is, active or not; null where there is none.</summary>
    public ValueTask<KeyRecord?> FindKeyRecordAsync(string accessKeyId, CancellationToken cancellationToken) =>
        _keys.FindAsync(accessKeyId, cancellationToken);

    /// <summary>
    /// Gives a user, or an account's root, a key. <paramref name="mayHave"/> is asked with the keys there are now; Conflict when it does not
    /// agree.
    /// </summary>
    public async ValueTask<IdentityOutcome> CreateKeyAsync(
        KeyRecord key, DateTimeOffset created, Func<IReadOnlyList<UserKey>, bool> mayHave, CancellationToken cancellationToken)
    {
        if (await _keys.CreateAsync(key.Id, key, cancellationToken) is var written and not IdentityOutcome.Changed)
        {
            return written;
        }

        var isHeld = false;
        var outcome = await ChangeKeysAsync(
            key,
            keys =>
            {
                isHeld = !mayHave(keys);
                return isHeld ? null : [.. keys, new UserKey(key.Id, IsActive: true, created)];
            },
            cancellationToken);
        if (outcome is not (IdentityOutcome.Changed or IdentityOutcome.Unknown))
        {
            await _keys.RemoveAsync(key.Id, _ => true, cancellationToken);
        }

        return isHeld ? IdentityOutcome.Conflict : outcome;
    }

    /// <summary>Switches a key on or off.</summary>
    public ValueTask<IdentityOutcome> SwitchKeyAsync(KeyRecord key, bool isActive, CancellationToken cancellationToken) => ChangeKeysAsync(
        key,
        keys => keys.Any(listed => listed.Id == key.Id)
            ? [.. keys.Select(listed => listed.Id == key.Id ? listed with { IsActive = isActive } : listed)]
            : null,
        cancellationToken);

    /// <summary>Takes a key from whose it is.</summary>
    public async ValueTask<IdentityOutcome> DeleteKeyAsync(KeyRecord key, CancellationToken cancellationToken)
    {
        var outcome = await ChangeKeysAsync(
            key, keys => keys.Any(listed => listed.Id == key.Id) ? [.. keys.Where(listed => listed.Id != key.Id)] : null, cancellationToken);
        if (outcome == IdentityOutcome.Changed)
        {
            await _keys.RemoveAsync(key.Id, _ => true, cancellationToken);
        }

        return outcome;
    }

    /// <summary>Says that a key is of a user that has another name now.</summary>
    public ValueTask<IdentityOutcome> RenameKeyOwnerAsync(string keyId, string userName, CancellationToken cancellationToken) =>
        _keys.ChangeAsync(keyId, key => key with { UserName = userName }, cancellationToken);

    private static bool Lists(IReadOnlyList<UserKey> keys, KeyRecord key) => keys.Any(listed => listed.Id == key.Id && listed.IsActive);

    private ValueTask<IdentityOutcome> ChangeKeysAsync(
        KeyRecord key, Func<IReadOnlyList<UserKey>, IReadOnlyList<UserKey>?> change, CancellationToken cancellationToken) =>
        key.IsRoots()
            ? accounts.ChangeAsync(
                key.AccountId, account => change(account.Keys) is { } keys ? account with { Keys = keys } : null, cancellationToken)
            : Users.ChangeAsync(
                key.AccountId,
                key.UserName,
                user => user.Id == key.UserId && change(user.Keys) is { } keys ? user with { Keys = keys } : null,
                cancellationToken);
}
