using S3Cassandra.Auth.Credentials;

namespace S3Cassandra.S3Server.Identities;

/// <summary>
/// The root access key of the store's first account. One that the settings give stays; one that is kept with the store is read again as
/// anything that decides access, so that another that took its place counts within two seconds, and the old one no longer.
/// </summary>
internal sealed class RootAccess
{
    private const string Entry = "root";

    private readonly AccessKey _first;
    private readonly RecentReads<AccessKey>? _kept;

    /// <param name="first">The key at the start.</param>
    /// <param name="read">Reads the key that is kept; null where the settings give it.</param>
    /// <param name="time">Measures how old what was read is.</param>
    public RootAccess(AccessKey first, Func<CancellationToken, ValueTask<AccessKey?>>? read, TimeProvider time)
    {
        _first = first;
        _kept = read is null ? null : new RecentReads<AccessKey>((_, token) => read(token), time);
    }

    /// <summary>The account whose root's it is.</summary>
    public string AccountId => _first.Identity.AccountId;

    /// <summary>The key; null when none is kept any more.</summary>
    public ValueTask<AccessKey?> FindAsync(CancellationToken cancellationToken) =>
        _kept is null ? ValueTask.FromResult<AccessKey?>(_first) : _kept.FindAsync(Entry, cancellationToken);

    /// <summary>Forgets what was read.</summary>
    public void Forget() => _kept?.Forget();
}
