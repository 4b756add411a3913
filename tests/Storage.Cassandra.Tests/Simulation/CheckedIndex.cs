using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Tests.Simulation;

/// <summary>A server's index, each answer of which the oracle is asked about.</summary>
internal sealed class CheckedIndex(IObjectIndex index, IndexOracle oracle, SimulatedWorld world, BucketId bucket, Action<string> fail) : IObjectIndex
{
    public ValueTask CreateBucketAsync(BucketId id, ReadOnlyMemory<byte> configuration, CancellationToken cancellationToken) =>
        index.CreateBucketAsync(id, configuration, cancellationToken);

    public ValueTask<IReadOnlySet<BucketId>> ExistingAsync(IReadOnlyCollection<BucketId> buckets, CancellationToken cancellationToken) =>
        index.ExistingAsync(buckets, cancellationToken);

    public async ValueTask<IndexConfiguration?> GetConfigurationAsync(BucketId id, CancellationToken cancellationToken)
    {
        var acknowledged = oracle.AcknowledgedEpoch;
        var found = await index.GetConfigurationAsync(id, cancellationToken);
        Check(found is not null || oracle.IsDeleted, "a configuration is missing");
        Check(found is null || found.Epoch >= acknowledged, "a configuration is older than the acknowledged one");
        return found;
    }

    public async ValueTask<ConfigurationChange> ChangeConfigurationAsync(
        BucketId id, int epoch, ReadOnlyMemory<byte> configuration, CancellationToken cancellationToken)
    {
        var outcome = await index.ChangeConfigurationAsync(id, epoch, configuration, cancellationToken);
        if (outcome == ConfigurationChange.Applied)
        {
            oracle.AcknowledgedEpoch = Math.Max(oracle.AcknowledgedEpoch, epoch + 1);
            foreach (var entry in world.Bucket(bucket).Map!.Entries)
            {
                Check(
                    oracle.IsDeleted || world.Bucket(bucket).Shard(entry.Shard).Statics is not { } statics || statics.Epoch > epoch,
                    $"shard {entry.Shard} is behind the acknowledged configuration");
            }
        }

        Check(outcome != ConfigurationChange.BucketGone || oracle.IsDeleted, "a bucket that stands is said to be gone");
        return outcome;
    }

    public async ValueTask<BucketRemoval> RemoveBucketAsync(BucketId id, CancellationToken cancellationToken)
    {
        var outcome = await index.RemoveBucketAsync(id, cancellationToken);
        Check(outcome is not (BucketRemoval.Removed or BucketRemoval.NotFound) || oracle.IsDeleted, "a bucket that stands is said to be removed");
        return outcome;
    }

    public async ValueTask<KeyRows?> ReadAsync(BucketId id, KeyRead read, CancellationToken cancellationToken)
    {
        var (begun, acknowledged) = (oracle.Now, oracle.AcknowledgedEpoch);
        var found = await index.ReadAsync(id, read, cancellationToken);
        if (found is null)
        {
            Check(oracle.IsDeleted, "a key of a bucket that stands is said to be in none");
            return null;
        }

        Check(found.Epoch >= acknowledged, "a read under a configuration older than the acknowledged one");
        var rows = found.Rows.Select(row => (row.Address, row.Ver)).ToList();
        var states = oracle.Key(Convert.ToHexString(read.Key.Span)).Since(begun);
        Check(
            states.Any(state => Expected(state.Values, read).SequenceEqual(rows)),
            $"a read of {read.Key} that is of no moment: [{string.Join(", ", rows.Select(row => row.Address.Section))}]");
        return found;
    }

    public async ValueTask<CommitResult> CommitAsync(IndexCommit commit, CancellationToken cancellationToken)
    {
        var result = await index.CommitAsync(commit, cancellationToken);
        switch (result.Outcome)
        {
            case CommitOutcome.Applied:
                Check(oracle.IsApplied(commit), "a commit was acknowledged that did not apply");
                break;
            case CommitOutcome.Unknown:
                break;
            default:
                Check(!oracle.IsApplied(commit), $"a commit was refused ({result.Outcome}) that applied");
                Check(result.Outcome != CommitOutcome.BucketGone || oracle.IsDeleted, "a commit to a bucket that stands was refused as gone");
                oracle.Refused(commit);
                break;
        }

        return result;
    }

    public async ValueTask<ScanPage?> ScanAsync(ScanRange range, CancellationToken cancellationToken)
    {
        var begun = oracle.Now;
        var page = await index.ScanAsync(range, cancellationToken);
        if (page is null)
        {
            Check(oracle.IsDeleted, "a scan of a bucket that stands found none");
            return null;
        }

        var found = page.Rows.Select(row => (Key: RowKey.Of(row.Key.Span, new RowAddress(range.Section, row.Suffix)), row.Ver)).ToList();
        Check(found.Zip(found.Skip(1)).All(pair => pair.First.Key.CompareTo(pair.Second.Key) < 0), "a scan out of order");
        foreach (var (key, ver) in found)
        {
            Check(
                oracle.Key(key.Key).Since(begun).Any(state => state.TryGetValue(key, out var row) && row.Ver == ver),
                "a scan shows a row that was not there");
        }

        CheckComplete(range, found.Select(row => row.Key).ToHashSet(), page.More ? found.LastOrDefault().Key : null, page.More, begun);
        return page;
    }

    public ValueTask<bool> AddPartAsync(BucketId id, ObjectKey key, UploadId upload, PartRow part, CancellationToken cancellationToken) =>
        index.AddPartAsync(id, key, upload, part, cancellationToken);

    public ValueTask<IReadOnlyList<PartRow>> ListPartsAsync(
        BucketId id, UploadId upload, int afterNumber, int limit, CancellationToken cancellationToken) =>
        index.ListPartsAsync(id, upload, afterNumber, limit, cancellationToken);

    public ValueTask<ReadOnlyMemory<byte>?> ReadPartBodyAsync(
        BucketId id, UploadId upload, int number, UInt128 stamp, CancellationToken cancellationToken) =>
        index.ReadPartBodyAsync(id, upload, number, stamp, cancellationToken);

    public ValueTask RemovePartsAsync(BucketId id, UploadId upload, CancellationToken cancellationToken) =>
        index.RemovePartsAsync(id, upload, cancellationToken);

    public ValueTask FenceAsync(BucketId id, ObjectKey key, UploadId? upload, DateTimeOffset before, CancellationToken cancellationToken) =>
        index.FenceAsync(id, key, upload, before, cancellationToken);

    public IAsyncEnumerable<BucketId> ListBucketsAsync(CancellationToken cancellationToken) => index.ListBucketsAsync(cancellationToken);

    public IAsyncEnumerable<(BucketId Bucket, UploadId Upload)> ListUploadsWithPartsAsync(CancellationToken cancellationToken) =>
        index.ListUploadsWithPartsAsync(cancellationToken);

    private static IEnumerable<(RowAddress Address, Guid Ver)> Expected(IEnumerable<IndexRow> rows, KeyRead read)
    {
        var versions = 0;
        foreach (var row in rows)
        {
            var isAsked = row.Address.Section switch
            {
                IndexSection.Version => versions++ < read.NewestVersions || Is(row, read.Version),
                IndexSection.Upload => Is(row, read.Upload),
                _ => true,
            };
            if (isAsked)
            {
                yield return (row.Address, row.Ver);
            }
        }
    }

    private static bool Is(IndexRow row, ReadOnlyMemory<byte> suffix) => !suffix.IsEmpty && row.Address.Suffix.Span.SequenceEqual(suffix.Span);

    private void CheckComplete(ScanRange range, HashSet<RowKey> found, RowKey? last, bool more, long begun)
    {
        if (more && last is null)
        {
            return;
        }

        var from = RowKey.Of(range.From.Span, new RowAddress(range.Section, range.FromSuffix));
        var before = range.Before is { } end ? Convert.ToHexString(end.Span) : null;
        foreach (var key in oracle.Keys.Where(key => before is null || string.CompareOrdinal(key, before) < 0).ToList())
        {
            var states = oracle.Key(key).Since(begun).ToList();
            foreach (var row in states[0].Keys.Where(row => row.Section == range.Section && row.CompareTo(from) >= 0))
            {
                var isInPage = last is null || row.CompareTo(last) <= 0;
                Check(!isInPage || found.Contains(row) || !states.TrueForAll(state => state.ContainsKey(row)), "a scan misses a row");
            }
        }
    }

    private void Check(bool holds, string violation)
    {
        if (!holds)
        {
            fail(violation);
        }
    }
}
