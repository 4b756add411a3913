using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Contract.InMemory;

/// <summary><see cref="IObjectIndex"/> in memory.</summary>
public sealed class InMemoryIndex : IObjectIndex
{
    private readonly Lock _gate;
    private readonly InMemorySuspects _suspects;
    private readonly InMemoryParts _parts;
    private readonly Dictionary<BucketId, InMemoryBucket> _buckets = [];
    private readonly Dictionary<(BucketId Bucket, ObjectKey Key), DateTimeOffset> _fences = [];
    private DateTimeOffset _fence = DateTimeOffset.MinValue;

    internal InMemoryIndex(Lock gate, InMemorySuspects suspects)
    {
        _gate = gate;
        _suspects = suspects;
        _parts = new InMemoryParts(gate);
    }

    /// <summary>Refuses every later commit whose <see cref="IndexCommit.Started"/> is below <paramref name="fence"/>.</summary>
    public void RaiseFence(DateTimeOffset fence)
    {
        lock (_gate)
        {
            _fence = fence > _fence ? fence : _fence;
        }
    }

    public ValueTask CreateBucketAsync(BucketId bucket, ReadOnlyMemory<byte> configuration, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _buckets.TryAdd(bucket, new InMemoryBucket(new IndexConfiguration(1, configuration.ToArray())));
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlySet<BucketId>> ExistingAsync(IReadOnlyCollection<BucketId> buckets, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return ValueTask.FromResult<IReadOnlySet<BucketId>>(buckets.Where(_buckets.ContainsKey).ToHashSet());
        }
    }

    public ValueTask<IndexConfiguration?> GetConfigurationAsync(BucketId bucket, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_buckets.GetValueOrDefault(bucket)?.Configuration);
        }
    }

    public ValueTask<ConfigurationChange> ChangeConfigurationAsync(
        BucketId bucket, int epoch, ReadOnlyMemory<byte> configuration, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_buckets.TryGetValue(bucket, out var found))
            {
                return ValueTask.FromResult(ConfigurationChange.BucketGone);
            }

            if (found.Configuration.Epoch != epoch)
            {
                return ValueTask.FromResult(ConfigurationChange.EpochChanged);
            }

            found.Configuration = new IndexConfiguration(epoch + 1, configuration.ToArray());
            return ValueTask.FromResult(ConfigurationChange.Applied);
        }
    }

    public ValueTask<BucketRemoval> RemoveBucketAsync(BucketId bucket, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_buckets.TryGetValue(bucket, out var found))
            {
                return ValueTask.FromResult(BucketRemoval.NotFound);
            }

            if (found.Rows.Any(row => row.Section != IndexSection.Upload))
            {
                return ValueTask.FromResult(BucketRemoval.NotEmpty);
            }

            foreach (var row in found.Rows)
            {
                NameEndedUpload(bucket, ObjectKey.FromStored(row.Key.Span), UploadId.FromBytes(row.Suffix.Span));
            }

            _buckets.Remove(bucket);
            return ValueTask.FromResult(BucketRemoval.Removed);
        }
    }

    public ValueTask<KeyRows?> ReadAsync(BucketId bucket, KeyRead read, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_buckets.TryGetValue(bucket, out var found))
            {
                return ValueTask.FromResult<KeyRows?>(null);
            }

            var rows = new SortedSet<InMemoryRow>();
            Add(found.Find(IndexSection.Head, read.Key.Memory, default));
            Add(found.Find(IndexSection.HiddenHead, read.Key.Memory, default));
            Add(read.Version.IsEmpty ? null : found.Find(IndexSection.Version, read.Key.Memory, read.Version));
            Add(read.Upload.IsEmpty ? null : found.Find(IndexSection.Upload, read.Key.Memory, read.Upload));
            rows.UnionWith(found
                .Between(
                    InMemoryRow.At(IndexSection.Version, read.Key.Memory, default),
                    InMemoryRow.At(IndexSection.Version, After(read.Key), default))
                .Take(read.NewestVersions));
            return ValueTask.FromResult<KeyRows?>(
                new KeyRows(found.Configuration.Epoch, [.. rows.Select(row => row.ToIndexRow(read.WithBody))]));

            void Add(InMemoryRow? row)
            {
                if (row is not null)
                {
                    rows.Add(row);
                }
            }
        }
    }

    public ValueTask<CommitResult> CommitAsync(IndexCommit commit, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(Commit(commit));
        }
    }

    public ValueTask<ScanPage?> ScanAsync(ScanRange range, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_buckets.TryGetValue(range.Bucket, out var found))
            {
                return ValueTask.FromResult<ScanPage?>(null);
            }

            var from = InMemoryRow.At(range.Section, range.From, range.FromSuffix);
            var before = range.Before is { } end
                ? InMemoryRow.At(range.Section, end, default)
                : InMemoryRow.At(range.Section + 1, default, default);
            var rows = found.Between(from, before)
                .Take(range.Limit)
                .Select(row => new ScannedRow(row.Key, row.Suffix, row.Ver, row.Record))
                .ToList();
            return ValueTask.FromResult<ScanPage?>(new ScanPage(found.Configuration.Epoch, rows, rows.Count == range.Limit, null));
        }
    }

    public ValueTask<bool> AddPartAsync(
        BucketId bucket, ObjectKey key, UploadId upload, PartRow part, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var known = _buckets.GetValueOrDefault(bucket)?.Find(IndexSection.Upload, key.Memory, upload.ToBytes()) is not null;
            if (!known || part.Stamp < PartRow.StampAt(FenceOf(bucket, key)))
            {
                return ValueTask.FromResult(false);
            }

            _parts.Add(bucket, upload, part);
            return ValueTask.FromResult(true);
        }
    }

    public ValueTask<IReadOnlyList<PartRow>> ListPartsAsync(
        BucketId bucket, UploadId upload, int afterNumber, int limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_parts.List(bucket, upload, afterNumber, limit));

    public ValueTask<ReadOnlyMemory<byte>?> ReadPartBodyAsync(
        BucketId bucket, UploadId upload, int number, UInt128 stamp, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_parts.Body(bucket, upload, number, stamp));

    public ValueTask RemovePartsAsync(BucketId bucket, UploadId upload, CancellationToken cancellationToken)
    {
        _parts.Remove(bucket, upload);
        return ValueTask.CompletedTask;
    }

    public ValueTask FenceAsync(
        BucketId bucket, ObjectKey key, UploadId? upload, DateTimeOffset before, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var fence = FenceOf(bucket, key);
            _fences[(bucket, key)] = before > fence ? before : fence;
        }

        return ValueTask.CompletedTask;
    }

    public IAsyncEnumerable<BucketId> ListBucketsAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _buckets.Keys.ToArray().ToAsyncEnumerable();
        }
    }

    public IAsyncEnumerable<(BucketId Bucket, UploadId Upload)> ListUploadsWithPartsAsync(CancellationToken cancellationToken) =>
        _parts.Uploads().ToAsyncEnumerable();

    private DateTimeOffset FenceOf(BucketId bucket, ObjectKey key) =>
        _fences.TryGetValue((bucket, key), out var fence) && fence > _fence ? fence : _fence;

    private CommitResult Commit(IndexCommit commit)
    {
        if (!_buckets.TryGetValue(commit.Bucket, out var bucket))
        {
            return new CommitResult(CommitOutcome.BucketGone);
        }

        if (bucket.Configuration.Epoch != commit.Epoch)
        {
            return new CommitResult(CommitOutcome.EpochChanged);
        }

        if (commit.Started < FenceOf(commit.Bucket, commit.Key))
        {
            return new CommitResult(CommitOutcome.Fenced);
        }

        var key = commit.Key.Memory;
        if (commit.Conditions.Any(condition => bucket.Find(condition.Address.Section, key, condition.Address.Suffix)?.Ver != condition.Ver))
        {
            return new CommitResult(CommitOutcome.RowsChanged, CurrentRows(bucket, commit));
        }

        foreach (var address in commit.Deletes)
        {
            bucket.Rows.Remove(InMemoryRow.At(address.Section, key, address.Suffix));
        }

        foreach (var write in commit.Writes)
        {
            var (section, suffix) = (write.Address.Section, write.Address.Suffix.ToArray());
            var row = new InMemoryRow(section, key.ToArray(), suffix, write.Ver, write.Record.ToArray(), write.Body.ToArray());
            bucket.Rows.Remove(row);
            bucket.Rows.Add(row);
        }

        foreach (var blob in commit.Releases)
        {
            _suspects.Name(SuspectKind.Released, blob, new BlobOwner(commit.Bucket, commit.Key, null));
        }

        if (commit.EndsUpload is { } upload)
        {
            NameEndedUpload(commit.Bucket, commit.Key, upload);
        }

        return CommitResult.Applied;
    }

    private static KeyRows CurrentRows(InMemoryBucket bucket, IndexCommit commit)
    {
        var rows = new SortedSet<InMemoryRow>();
        foreach (var address in commit.Conditions.Select(condition => condition.Address).Append(RowAddress.Head).Append(RowAddress.HiddenHead))
        {
            if (bucket.Find(address.Section, commit.Key.Memory, address.Suffix) is { } row)
            {
                rows.Add(row);
            }
        }

        return new KeyRows(bucket.Configuration.Epoch, [.. rows.Select(row => row.ToIndexRow(withBody: false))]);
    }

    private void NameEndedUpload(BucketId bucket, ObjectKey key, UploadId upload) =>
        _suspects.Name(SuspectKind.EndedUpload, default, new BlobOwner(bucket, key, upload));

    private static byte[] After(ObjectKey key) => [.. key.Span, 0];
}
