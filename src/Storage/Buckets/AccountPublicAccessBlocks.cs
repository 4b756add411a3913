using System.Collections.Concurrent;
using S3Cassandra.Storage.Catalog;

namespace S3Cassandra.Storage.Buckets;

/// <summary>
/// What whole accounts refuse that would make their buckets public: one small record an account, remembered for at most two seconds, absence
/// too.
/// </summary>
public sealed class AccountPublicAccessBlocks(ICatalog catalog, TimeProvider time)
{
    private const string KeyPrefix = "public-access-block/";

    /// <summary>Every lost race means that somebody else won.</summary>
    private const int MaxAttempts = 32;

    private const int Capacity = 10_000;

    private readonly ConcurrentDictionary<string, (PublicAccessBlock? Block, long Read)> _known = new(StringComparer.Ordinal);
    private long _generation;

    /// <summary>An account's, as it was at most two seconds ago; null where none was put.</summary>
    public ValueTask<PublicAccessBlock?> FindAsync(string accountId, CancellationToken cancellationToken) =>
        _known.TryGetValue(accountId, out var known) && time.GetElapsedTime(known.Read) < BucketCache.MaxAge
            ? ValueTask.FromResult(known.Block)
            : ReadAsync(accountId, cancellationToken);

    /// <summary>A bucket's and its account's together: whichever refuses more, setting by setting.</summary>
    public ValueTask<PublicAccessBlock> EffectiveAsync(BucketRecord bucket, CancellationToken cancellationToken)
    {
        var account = FindAsync(bucket.Owner.AccountId, cancellationToken);
        return account.IsCompletedSuccessfully
            ? ValueTask.FromResult(PublicAccessBlock.Both(bucket.PublicAccessBlock, account.Result))
            : EffectiveAsync(bucket, account);
    }

    /// <summary>An account's, as it is now.</summary>
    public async ValueTask<PublicAccessBlock?> ReadAsync(string accountId, CancellationToken cancellationToken)
    {
        var (generation, began) = (Volatile.Read(ref _generation), time.GetTimestamp());
        var record = await catalog.GetAsync(CatalogTable.Setting, KeyPrefix + accountId, cancellationToken);
        var block = record?.Value is [var flags] ? PublicAccessBlock.OfFlags(flags) : null;
        if (_known.Count >= Capacity)
        {
            _known.Clear();
        }

        _known[accountId] = (block, began);
        if (generation != Volatile.Read(ref _generation))
        {
            _known.TryRemove(accountId, out _);
        }

        return block;
    }

    /// <summary>Puts an account's, or takes it away; tried again on conflict. Changed, Conflict or Unknown.</summary>
    public async ValueTask<BucketChangeOutcome> SetAsync(string accountId, PublicAccessBlock? block, CancellationToken cancellationToken)
    {
        var key = KeyPrefix + accountId;
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var record = await catalog.GetAsync(CatalogTable.Setting, key, cancellationToken);
            if (record is null && block is null)
            {
                return BucketChangeOutcome.Changed;
            }

            byte[]? value = block is null ? null : [PublicAccessBlock.Flags(block)];
            var written = await catalog.WriteAsync(CatalogTable.Setting, key, record?.Revision, value, cancellationToken);
            Interlocked.Increment(ref _generation);
            _known.TryRemove(accountId, out _);
            if (written.Outcome != CatalogOutcome.NotApplied)
            {
                return written.Outcome == CatalogOutcome.Applied ? BucketChangeOutcome.Changed : BucketChangeOutcome.Unknown;
            }
        }

        return BucketChangeOutcome.Conflict;
    }

    private static async ValueTask<PublicAccessBlock> EffectiveAsync(BucketRecord bucket, ValueTask<PublicAccessBlock?> account) =>
        PublicAccessBlock.Both(bucket.PublicAccessBlock, await account);
}
