using S3Cassandra.Storage.Catalog;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Objects;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.Storage.Buckets;

/// <summary>
/// Buckets: a catalog record that claims the name, and a key space in the index under the bucket's id. The key space is made before the
/// record and removed before it, so a crash between leaves either a key space that nothing names (harmless) or a record without a key
/// space, which counts as no bucket and is cleared away by whoever meets it.
/// </summary>
public sealed class BucketStore(ICatalog catalog, IObjectIndex index, TimeProvider time)
{
    /// <summary>Every lost race means that somebody else won; so many in a row on one bucket mean that something is wrong.</summary>
    private const int MaxAttempts = 32;

    /// <summary>Records that a listing reads in one go, unless it is to find more: among those of other owners there may be few to find.</summary>
    private const int RecordsAtOnce = 1_000;

    private readonly BucketCache _cache = new(time);

    /// <summary>The bucket as it was at most two seconds ago, or null when there is none now.</summary>
    public ValueTask<BucketRecord?> FindAsync(string name, CancellationToken cancellationToken) =>
        _cache.Find(name) is { } bucket ? ValueTask.FromResult<BucketRecord?>(bucket) : ReadAsync(name, cancellationToken);

    /// <summary>The bucket as it is now, or null.</summary>
    public async ValueTask<BucketRecord?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var begun = _cache.Begin();
        if (await catalog.GetAsync(CatalogTable.Bucket, name, cancellationToken) is not { } record)
        {
            return null;
        }

        var bucket = BucketRecordCodec.Decode(record);
        if (await index.GetConfigurationAsync(bucket.Id, cancellationToken) is null)
        {
            await RemoveRecordAsync(bucket, cancellationToken);
            return null;
        }

        _cache.Add(bucket, begun);
        return bucket;
    }

    /// <summary>Makes a bucket, unversioned, with what buckets have by themselves.</summary>
    public ValueTask<CreateBucketOutcome> CreateAsync(
        string name, string region, ObjectOwner owner, IReadOnlyList<ObjectTag> tags, CancellationToken cancellationToken) => CreateAsync(
            new BucketRecord { Name = name, Id = default, Created = default, Region = region, Owner = owner, Tags = tags }, cancellationToken);

    /// <summary>
    /// Makes a bucket, unversioned, as it is described; id and time are chosen here. The name is not checked: see <see cref="BucketName"/>.
    /// </summary>
    public async ValueTask<CreateBucketOutcome> CreateAsync(BucketRecord described, CancellationToken cancellationToken)
    {
        var (name, owner) = (described.Name, described.Owner);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await ReadAsync(name, cancellationToken) is { } existing)
            {
                return Existing(existing, owner);
            }

            var bucket = described with { Id = BucketId.New(), Created = time.GetUtcNow() };
            await index.CreateBucketAsync(bucket.Id, BucketConfiguration.Encode(VersioningState.Unversioned), cancellationToken);
            var written = await catalog.WriteAsync(
                CatalogTable.Bucket, name, null, BucketRecordCodec.Encode(bucket), cancellationToken);
            _cache.Remove(name);
            switch (written.Outcome)
            {
                case CatalogOutcome.Applied:
                    return new CreateBucketOutcome(CreateBucketStatus.Created, bucket with { Revision = written.Current?.Revision ?? 0 });
                case CatalogOutcome.Unknown:
                    return await ReadAsync(name, cancellationToken) is { } found && found.Id == bucket.Id
                        ? new CreateBucketOutcome(CreateBucketStatus.Created, found)
                        : new CreateBucketOutcome(CreateBucketStatus.Unknown);
                default:
                    await index.RemoveBucketAsync(bucket.Id, cancellationToken);
                    break;
            }
        }

        return new CreateBucketOutcome(CreateBucketStatus.Unknown);
    }

    /// <summary>Deletes a bucket if nothing is in it; uploads under way end with it. The index decides.</summary>
    public async ValueTask<DeleteBucketOutcome> DeleteAsync(BucketRecord bucket, CancellationToken cancellationToken)
    {
        var removal = await index.RemoveBucketAsync(bucket.Id, cancellationToken);
        _cache.Remove(bucket.Name);
        if (removal is BucketRemoval.Unknown && await index.GetConfigurationAsync(bucket.Id, cancellationToken) is null)
        {
            removal = BucketRemoval.Removed;
        }

        if (removal is BucketRemoval.Removed or BucketRemoval.NotFound)
        {
            await RemoveRecordAsync(bucket, cancellationToken);
        }

        return removal switch
        {
            BucketRemoval.Removed => DeleteBucketOutcome.Deleted,
            BucketRemoval.NotFound => DeleteBucketOutcome.NotFound,
            BucketRemoval.NotEmpty => DeleteBucketOutcome.NotEmpty,
            _ => DeleteBucketOutcome.Unknown,
        };
    }

    /// <summary>
    /// Buckets that are asked for, of those whose name begins with a prefix and is above <paramref name="after"/>, in byte order. A record that
    /// a deletion which ended halfway left behind is none: to whoever writes to that bucket it is gone.
    /// </summary>
    public async ValueTask<IReadOnlyList<BucketRecord>> ListAsync(
        string prefix, string? after, int limit, Predicate<BucketRecord> isAskedFor, CancellationToken cancellationToken)
    {
        var buckets = new List<BucketRecord>();
        for (var size = limit; ; size = Math.Max(limit - buckets.Count, Math.Min(2 * size, RecordsAtOnce)))
        {
            var records = await catalog.ListAsync(CatalogTable.Bucket, prefix, after, size, cancellationToken);
            var asked = records.Select(BucketRecordCodec.Decode).Where(bucket => isAskedFor(bucket)).ToList();
            var existing = await index.ExistingAsync([.. asked.Select(bucket => bucket.Id)], cancellationToken);
            buckets.AddRange(asked.Where(bucket => existing.Contains(bucket.Id)).Take(limit - buckets.Count));
            if (records.Count < size || buckets.Count == limit)
            {
                return buckets;
            }

            after = records[^1].Key;
        }
    }

    /// <summary>Changes what the catalog says of a bucket (tags, CORS, default encryption); tried again on conflict.</summary>
    public async ValueTask<BucketChangeOutcome> ChangeAsync(
        BucketRecord bucket, Func<BucketRecord, BucketRecord> change, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await ReadAsync(bucket.Name, cancellationToken) is not { } current || current.Id != bucket.Id)
            {
                return BucketChangeOutcome.NotFound;
            }

            var value = BucketRecordCodec.Encode(change(current));
            var written = await catalog.WriteAsync(CatalogTable.Bucket, bucket.Name, current.Revision, value, cancellationToken);
            _cache.Remove(bucket.Name);
            switch (written.Outcome)
            {
                case CatalogOutcome.Applied:
                    return BucketChangeOutcome.Changed;
                case CatalogOutcome.Unknown:
                    var now = await catalog.GetAsync(CatalogTable.Bucket, bucket.Name, cancellationToken);
                    return now?.Value is { } stored && stored.AsSpan().SequenceEqual(value)
                        ? BucketChangeOutcome.Changed
                        : BucketChangeOutcome.Unknown;
            }
        }

        return BucketChangeOutcome.Conflict;
    }

    /// <summary>The versioning in force, or null when the bucket is gone.</summary>
    public async ValueTask<VersioningState?> GetVersioningAsync(BucketId bucket, CancellationToken cancellationToken) =>
        await index.GetConfigurationAsync(bucket, cancellationToken) is { } configuration
            ? BucketConfiguration.Decode(configuration.Record.Span)
            : null;

    /// <summary>Sets the versioning; once applied, no writer anywhere commits under the state before.</summary>
    public async ValueTask<ConfigurationChange> SetVersioningAsync(
        BucketId bucket, VersioningState state, CancellationToken cancellationToken)
    {
        var record = BucketConfiguration.Encode(state);
        var last = ConfigurationChange.EpochChanged;
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await index.GetConfigurationAsync(bucket, cancellationToken) is not { } current)
            {
                return ConfigurationChange.BucketGone;
            }

            if (BucketConfiguration.Decode(current.Record.Span) == state)
            {
                return ConfigurationChange.Applied;
            }

            // One whose outcome was unknown may be repeated: it names the epoch, so at most one of them applies.
            last = await index.ChangeConfigurationAsync(bucket, current.Epoch, record, cancellationToken);
            if (last is ConfigurationChange.Applied or ConfigurationChange.BucketGone)
            {
                return last;
            }
        }

        return last;
    }

    private static CreateBucketOutcome Existing(BucketRecord existing, ObjectOwner owner) =>
        new(existing.Owner.AccountId == owner.AccountId ? CreateBucketStatus.OwnedByYou : CreateBucketStatus.Taken, existing);

    /// <summary>Takes the record of a bucket away whose key space is gone; whatever comes of it, the bucket counts as gone.</summary>
    private async ValueTask RemoveRecordAsync(BucketRecord bucket, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var record = await catalog.GetAsync(CatalogTable.Bucket, bucket.Name, cancellationToken);
            if (record is null || BucketRecordCodec.Decode(record).Id != bucket.Id)
            {
                break;
            }

            var removed = await catalog.WriteAsync(CatalogTable.Bucket, bucket.Name, record.Revision, null, cancellationToken);
            if (removed.Outcome is CatalogOutcome.Applied)
            {
                break;
            }
        }

        _cache.Remove(bucket.Name);
    }
}
