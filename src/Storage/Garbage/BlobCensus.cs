using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Garbage;

/// <summary>
/// The blobs that there are, of one pass: those whose id falls to it, and who refers to each. So memory is bounded by the pass, not by
/// the store.
/// </summary>
internal sealed class BlobCensus(int pass, int passes) : IBlobCensus
{
    private readonly Dictionary<BlobId, int> _owners = [];

    /// <summary>The blobs that nothing was seen to refer to.</summary>
    public IEnumerable<BlobId> Unreferenced => _owners.Where(pair => pair.Value == 0).Select(pair => pair.Key);

    /// <summary>Takes stock; call it before the walk, so that a blob written meanwhile is not counted.</summary>
    public async ValueTask TakeAsync(IBlobStore blobs, CancellationToken cancellationToken)
    {
        await foreach (var blob in blobs.ListAsync(cancellationToken))
        {
            if (IsOurs(blob))
            {
                _owners.TryAdd(blob, 0);
            }
        }
    }

    public bool IsOurs(BlobId blob) => passes == 1 || (uint)blob.Value.GetHashCode() % (uint)passes == (uint)pass;

    public ValueTask<CensusAnswer> ReferAsync(BlobId blob, FsckPlace place, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Refer(blob, place.Owner));

    /// <summary>Notes a reference.</summary>
    public CensusAnswer Refer(BlobId blob, int owner)
    {
        if (!IsOurs(blob))
        {
            return CensusAnswer.NotOurs;
        }

        // 0 stands for nobody.
        owner = owner == 0 ? 1 : owner;
        if (!_owners.TryGetValue(blob, out var known))
        {
            return CensusAnswer.Missing;
        }

        _owners[blob] = owner;
        return known == 0 || known == owner ? CensusAnswer.Counted : CensusAnswer.OfAnother;
    }

    /// <summary>Takes a blob out: it is not this census's to judge.</summary>
    public bool Forget(BlobId blob) => _owners.TryGetValue(blob, out var owner) && owner == 0 && _owners.Remove(blob);
}
