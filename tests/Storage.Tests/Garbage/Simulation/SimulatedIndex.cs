using S3Cassandra.Storage.Contract.InMemory;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Tests.Garbage.Simulation;

/// <summary>
/// The index of a simulation: calls wait for their turn; a commit or a part may be lost, or take effect without the writer hearing of it,
/// at once or at any time later.
/// </summary>
internal sealed class SimulatedIndex(InMemoryIndex inner, Turns turns, Random random, double odds) : IObjectIndex
{
    private readonly List<Func<Task>> _late = [];

    /// <summary>A planted bug: commits that are on their way are not fenced off.</summary>
    public bool IgnoresFences { get; init; }

    public int LateCount => _late.Count;

    public int LateApplied { get; private set; }

    public int Fenced { get; private set; }

    /// <summary>A commit that nobody waits for any more arrives.</summary>
    public async Task RunLateAsync()
    {
        var next = random.Next(_late.Count);
        var run = _late[next];
        _late.RemoveAt(next);
        await run();
    }

    public async ValueTask<CommitResult> CommitAsync(IndexCommit commit, CancellationToken cancellationToken)
    {
        await turns.NextAsync();
        switch (Chance())
        {
            case 0:
                return new CommitResult(CommitOutcome.Unknown);
            case 1:
                await inner.CommitAsync(commit, cancellationToken);
                return new CommitResult(CommitOutcome.Unknown);
            case 2:
                _late.Add(async () => Count(await inner.CommitAsync(commit, default)));
                return new CommitResult(CommitOutcome.Unknown);
            default:
                return await inner.CommitAsync(commit, cancellationToken);
        }
    }

    public async ValueTask<bool> AddPartAsync(
        BucketId bucket, ObjectKey key, UploadId upload, PartRow part, CancellationToken cancellationToken)
    {
        await turns.NextAsync();
        switch (Chance())
        {
            case 0:
                throw new StoreUnavailableException("A part was lost.");
            case 1:
                await inner.AddPartAsync(bucket, key, upload, part, cancellationToken);
                throw new StoreUnavailableException("A part's answer was lost.");
            case 2:
                _late.Add(async () => await inner.AddPartAsync(bucket, key, upload, part, default));
                throw new StoreUnavailableException("A part is late.");
            default:
                return await inner.AddPartAsync(bucket, key, upload, part, cancellationToken);
        }
    }

    public async ValueTask<KeyRows?> ReadAsync(BucketId bucket, KeyRead read, CancellationToken cancellationToken)
    {
        await turns.NextAsync();
        return await inner.ReadAsync(bucket, read, cancellationToken);
    }

    public async ValueTask<ScanPage?> ScanAsync(ScanRange range, CancellationToken cancellationToken)
    {
        await turns.NextAsync();
        return await inner.ScanAsync(range, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<PartRow>> ListPartsAsync(
        BucketId bucket, UploadId upload, int afterNumber, int limit, CancellationToken cancellationToken)
    {
        await turns.NextAsync();
        return await inner.ListPartsAsync(bucket, upload, afterNumber, limit, cancellationToken);
    }

    public async ValueTask RemovePartsAsync(BucketId bucket, UploadId upload, CancellationToken cancellationToken)
    {
        await turns.NextAsync();
        await inner.RemovePartsAsync(bucket, upload, cancellationToken);
    }

    public async ValueTask FenceAsync(
        BucketId bucket, ObjectKey key, UploadId? upload, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await turns.NextAsync();
        if (!IgnoresFences)
        {
            await inner.FenceAsync(bucket, key, upload, before, cancellationToken);
        }
    }

    public ValueTask CreateBucketAsync(BucketId bucket, ReadOnlyMemory<byte> configuration, CancellationToken cancellationToken) =>
        inner.CreateBucketAsync(bucket, configuration, cancellationToken);

    public ValueTask<IReadOnlySet<BucketId>> ExistingAsync(IReadOnlyCollection<BucketId> buckets, CancellationToken cancellationToken) =>
        inner.ExistingAsync(buckets, cancellationToken);

    public ValueTask<IndexConfiguration?> GetConfigurationAsync(BucketId bucket, CancellationToken cancellationToken) =>
        inner.GetConfigurationAsync(bucket, cancellationToken);

    public ValueTask<ConfigurationChange> ChangeConfigurationAsync(
        BucketId bucket, int epoch, ReadOnlyMemory<byte> configuration, CancellationToken cancellationToken) =>
        inner.ChangeConfigurationAsync(bucket, epoch, configuration, cancellationToken);

    public ValueTask<BucketRemoval> RemoveBucketAsync(BucketId bucket, CancellationToken cancellationToken) =>
        inner.RemoveBucketAsync(bucket, cancellationToken);

    public ValueTask<ReadOnlyMemory<byte>?> ReadPartBodyAsync(
        BucketId bucket, UploadId upload, int number, UInt128 stamp, CancellationToken cancellationToken) =>
        inner.ReadPartBodyAsync(bucket, upload, number, stamp, cancellationToken);

    public IAsyncEnumerable<BucketId> ListBucketsAsync(CancellationToken cancellationToken) => inner.ListBucketsAsync(cancellationToken);

    public IAsyncEnumerable<(BucketId Bucket, UploadId Upload)> ListUploadsWithPartsAsync(CancellationToken cancellationToken) =>
        inner.ListUploadsWithPartsAsync(cancellationToken);

    private int Chance() => random.NextDouble() < odds ? random.Next(3) : -1;

    private void Count(CommitResult result)
    {
        LateApplied += result.Outcome == CommitOutcome.Applied ? 1 : 0;
        Fenced += result.Outcome == CommitOutcome.Fenced ? 1 : 0;
    }
}
