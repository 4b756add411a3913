using Microsoft.Extensions.Logging;
using S3Cassandra.Storage.Cassandra.Sharding;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Index;

/// <summary><see cref="IObjectIndex"/> over range shards under one map per bucket (docs/architecture.md).</summary>
internal sealed class CassandraIndex : IObjectIndex, IAsyncDisposable
{
    private readonly IIndexTables _tables;
    private readonly IPartTable _parts;
    private readonly ConfigurationChanger _configurations;
    private readonly Func<BucketId, CancellationToken, ValueTask<BucketRemoval>> _remove;
    private readonly ShardMaps _maps;
    private readonly KeyReader _keys;
    private readonly ShardScanner _scanner;
    private readonly ShardQueues _queues;
    private readonly Committer _committer;
    private readonly BucketCreator _creator;
    private readonly UploadFence _fence;
    private readonly HeadGuesses _guesses = new();

    /// <param name="tables">The index's tables.</param>
    /// <param name="suspects">Where garbage to be is named.</param>
    /// <param name="parts">The parts of uploads.</param>
    /// <param name="background">Takes what is to be done later: replacements, what others left unfinished.</param>
    /// <param name="remove">Removes a bucket.</param>
    /// <param name="options">How this server uses the tables.</param>
    /// <param name="limits">When shards are suggested to be replaced.</param>
    /// <param name="time">The clock, and every wait.</param>
    /// <param name="logger">Where unknown outcomes are told.</param>
    public CassandraIndex(
        IIndexTables tables,
        ISuspectTable suspects,
        IPartTable parts,
        ShardingQueue background,
        Func<BucketId, CancellationToken, ValueTask<BucketRemoval>> remove,
        IndexOptions options,
        ShardingOptions limits,
        TimeProvider time,
        ILogger logger)
    {
        (_tables, _parts, _remove) = (tables, parts, remove);
        _maps = new ShardMaps(tables, options.MapEntriesKept);
        var recovery = new ShardRecovery(tables, background, time);
        var reader = new ShardReader(tables, _maps, recovery, options, time);
        _keys = new KeyReader(reader);
        _scanner = new ShardScanner(reader, options);
        _queues = new ShardQueues(new CommitContext(tables, suspects, _maps, recovery, background, options, limits, time, logger));
        _committer = new Committer(_maps, _queues, _keys, suspects, options, time);
        _creator = new BucketCreator(tables, suspects, _maps, options, time);
        _fence = new UploadFence(tables, _maps, recovery, options, time);
        _configurations = new ConfigurationChanger(tables, limits, time);
    }

    public ValueTask CreateBucketAsync(BucketId bucket, ReadOnlyMemory<byte> configuration, CancellationToken cancellationToken) =>
        _creator.CreateAsync(bucket, configuration, cancellationToken);

    public ValueTask<IReadOnlySet<BucketId>> ExistingAsync(IReadOnlyCollection<BucketId> buckets, CancellationToken cancellationToken) =>
        _tables.ReadExistingAsync(buckets, cancellationToken);

    /// <remarks>
    /// A change that is under way is finished first: a shard that carries the new epoch already is written to by what this returns.
    /// </remarks>
    public async ValueTask<IndexConfiguration?> GetConfigurationAsync(BucketId bucket, CancellationToken cancellationToken)
    {
        if (await _configurations.FinishAsync(bucket, cancellationToken) is not { } map)
        {
            return null;
        }

        _maps.Note(bucket, map);
        if (map.Epoch != map.EpochDone)
        {
            throw new StoreUnavailableException($"The configuration of bucket {bucket} is being changed, and that cannot be finished now.");
        }

        return await _tables.ReadConfigurationAsync(bucket, map.EpochDone, cancellationToken) is { } record
            ? new IndexConfiguration(map.EpochDone, record)
            : throw new CorruptDataException($"Bucket {bucket} has no configuration of epoch {map.EpochDone}.");
    }

    public ValueTask<ConfigurationChange> ChangeConfigurationAsync(
        BucketId bucket, int epoch, ReadOnlyMemory<byte> configuration, CancellationToken cancellationToken) =>
        _configurations.ChangeAsync(bucket, epoch, configuration, cancellationToken);

    public ValueTask<BucketRemoval> RemoveBucketAsync(BucketId bucket, CancellationToken cancellationToken) => _remove(bucket, cancellationToken);

    public ValueTask<KeyRows?> ReadAsync(BucketId bucket, KeyRead read, CancellationToken cancellationToken)
    {
        if (read != new KeyRead(read.Key, ForCommit: true))
        {
            return _keys.ReadAsync(bucket, read, cancellationToken);
        }

        return _guesses.Find(bucket, read.Key) is { } guess ? ValueTask.FromResult<KeyRows?>(guess) : ReadAndCompareAsync(bucket, read, cancellationToken);
    }

    public async ValueTask<CommitResult> CommitAsync(IndexCommit commit, CancellationToken cancellationToken)
    {
        var result = await _committer.CommitAsync(commit, cancellationToken);
        _guesses.Learn(commit, result.Outcome);
        return result;
    }

    public ValueTask<ScanPage?> ScanAsync(ScanRange range, CancellationToken cancellationToken) => _scanner.ScanAsync(range, cancellationToken);

    public async ValueTask<bool> AddPartAsync(
        BucketId bucket, ObjectKey key, UploadId upload, PartRow part, CancellationToken cancellationToken)
    {
        var row = upload.ToBytes();
        return await _keys.ReadAsync(bucket, new KeyRead(key, Upload: row), cancellationToken) is { } rows
            && rows.Find(new RowAddress(IndexSection.Upload, row)) is not null
            && await _parts.AddAsync(bucket, upload, part, cancellationToken);
    }

    public ValueTask<IReadOnlyList<PartRow>> ListPartsAsync(
        BucketId bucket, UploadId upload, int afterNumber, int limit, CancellationToken cancellationToken) =>
        _parts.ListAsync(bucket, upload, afterNumber, limit, cancellationToken);

    public ValueTask<ReadOnlyMemory<byte>?> ReadPartBodyAsync(
        BucketId bucket, UploadId upload, int number, UInt128 stamp, CancellationToken cancellationToken) =>
        _parts.ReadBodyAsync(bucket, upload, number, stamp, cancellationToken);

    public ValueTask RemovePartsAsync(BucketId bucket, UploadId upload, CancellationToken cancellationToken) =>
        _parts.RemoveAsync(bucket, upload, cancellationToken);

    public async ValueTask FenceAsync(
        BucketId bucket, ObjectKey key, UploadId? upload, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await _fence.RaiseAsync(bucket, key, before, cancellationToken);
        if (upload is { } ofUpload)
        {
            await _parts.FenceAsync(bucket, ofUpload, before, cancellationToken);
        }
    }

    public IAsyncEnumerable<BucketId> ListBucketsAsync(CancellationToken cancellationToken) => _tables.ListBucketsAsync(cancellationToken);

    public IAsyncEnumerable<(BucketId Bucket, UploadId Upload)> ListUploadsWithPartsAsync(CancellationToken cancellationToken) =>
        _parts.ListUploadsAsync(cancellationToken);

    /// <summary>Waits for batches under way and their settlement, within bounds; commits are refused from now on.</summary>
    public ValueTask DisposeAsync() => _queues.DisposeAsync();

    private async ValueTask<KeyRows?> ReadAndCompareAsync(BucketId bucket, KeyRead read, CancellationToken cancellationToken)
    {
        var rows = await _keys.ReadAsync(bucket, read, cancellationToken);
        _guesses.Compare(bucket, read.Key, rows);
        return rows;
    }
}
