using S3Cassandra.Storage.Catalog;

namespace S3Cassandra.Storage.Identities;

/// <summary>When access keys were last used, in the catalog: the latest that any server noted.</summary>
public sealed class KeyUseStore(ICatalog catalog)
{
    private readonly CatalogRecords<KeyUseRecord> _uses = new(catalog, CatalogTable.KeyUse, IdentityJson.Records.KeyUseRecord);

    public ValueTask<KeyUseRecord?> FindAsync(string accessKeyId, CancellationToken cancellationToken) => _uses.FindAsync(accessKeyId, cancellationToken);

    /// <summary>Notes a use, unless a later one is known.</summary>
    public async ValueTask NoteAsync(string accessKeyId, KeyUseRecord use, CancellationToken cancellationToken)
    {
        var outcome = await _uses.ChangeAsync(accessKeyId, known => known.LastUsed < use.LastUsed ? use : null, cancellationToken);
        if (outcome == IdentityOutcome.NotFound && await FindAsync(accessKeyId, cancellationToken) is null)
        {
            await _uses.CreateAsync(accessKeyId, use, cancellationToken);
        }
    }

    /// <summary>Forgets a key that is gone.</summary>
    public async ValueTask ForgetAsync(string accessKeyId, CancellationToken cancellationToken) =>
        await _uses.RemoveAsync(accessKeyId, _ => true, cancellationToken);
}
