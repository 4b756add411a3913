using S3Cassandra.Storage.Catalog;

namespace S3Cassandra.Storage.Identities;

/// <summary>The one ring of session keys, in the catalog, so that all servers have it.</summary>
public sealed class SessionKeyStore(ICatalog catalog)
{
    private const string Key = "session-keys";

    private readonly CatalogRecords<SessionKeyRing> _rings = new(catalog, CatalogTable.Setting, IdentityJson.Records.SessionKeyRing);

    /// <summary>The ring; null before the first.</summary>
    public ValueTask<SessionKeyRing?> FindAsync(CancellationToken cancellationToken) => _rings.FindAsync(Key, cancellationToken);

    /// <summary>Makes the first ring. Exists where another server was quicker.</summary>
    public ValueTask<IdentityOutcome> CreateAsync(SessionKeyRing ring, CancellationToken cancellationToken) =>
        _rings.CreateAsync(Key, ring, cancellationToken);

    /// <summary>As <see cref="CatalogRecords{T}.ChangeAsync"/>.</summary>
    public ValueTask<IdentityOutcome> ChangeAsync(Func<SessionKeyRing, SessionKeyRing?> change, CancellationToken cancellationToken) =>
        _rings.ChangeAsync(Key, change, cancellationToken);
}
