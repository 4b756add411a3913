using S3Cassandra.Storage;
using S3Cassandra.Storage.Catalog;

namespace S3Cassandra.S3Server.Hosting;

/// <summary>Whether requests should be sent here: not once the server is going down, nor while its store does not answer.</summary>
internal sealed class Readiness(ICatalog catalog, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private volatile bool _isClosing;

    public void Close() => _isClosing = true;

    /// <summary>Why not; null when ready.</summary>
    public async ValueTask<string?> ReasonAsync(CancellationToken cancellationToken)
    {
        if (_isClosing)
        {
            return "closing";
        }

        using var patience = new CancellationTokenSource(Patience, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await catalog.GetAsync(CatalogTable.Setting, AccountFacts.Key, linked.Token).AsTask().WaitAsync(linked.Token);
            return null;
        }
        catch (Exception failure) when (failure is StoreUnavailableException or OperationCanceledException or ObjectDisposedException)
        {
            return "the store does not answer";
        }
    }
}
