using System.Text;
using S3Cassandra.Storage.Contract.InMemory;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Objects;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.Storage.Tests.Listing;

/// <summary>A bucket in memory whose rows a test writes straight into the index, in the shapes that writers leave.</summary>
internal sealed class ListedBucket : IAsyncDisposable
{
    private static readonly ObjectOwner Owner = new("123456789012", new string('a', 64), "arn:aws:iam::123456789012:root");

    private readonly InMemoryStore _store = new();
    private int _epoch = 1;
    private ulong _clock = 1_000;

    public IObjectIndex Index => _store.Index;

    public BucketId Id { get; } = BucketId.New();

    public static async Task<ListedBucket> CreateAsync(VersioningState state = VersioningState.Unversioned)
    {
        var bucket = new ListedBucket();
        await bucket.Index.CreateBucketAsync(bucket.Id, BucketConfiguration.Encode(VersioningState.Unversioned), default);
        if (state != VersioningState.Unversioned)
        {
            await bucket.EnableAsync(state);
        }

        return bucket;
    }

    public async Task EnableAsync(VersioningState state = VersioningState.Enabled)
    {
        var changed = await Index.ChangeConfigurationAsync(Id, _epoch, BucketConfiguration.Encode(state), default);
        Assert.Equal(ConfigurationChange.Applied, changed);
        _epoch++;
    }

    /// <summary>An object of a bucket that never had versioning: a head and nothing else.</summary>
    public Task PutHeadAsync(byte[] key, long size = 1) =>
        CommitAsync(key, [new RowWrite(RowAddress.Head, Guid.NewGuid(), Record(VersionId.Null, size, false, false), default)]);

    public Task PutHeadAsync(string key, long size = 1) => PutHeadAsync(Encoding.UTF8.GetBytes(key), size);

    /// <summary>
    /// A key's versions, oldest first; "null" for the null version, "-" in front for a delete marker. Returns their ids, oldest first.
    /// </summary>
    public async Task<IReadOnlyList<VersionId>> PutVersionsAsync(byte[] key, params string[] versions)
    {
        var writes = new List<RowWrite>();
        var ids = new List<VersionId>();
        ReadOnlyMemory<byte> nullSuffix = default;
        var marker = false;
        foreach (var version in versions)
        {
            var suffix = VersionId.New(++_clock);
            var isNull = version.EndsWith("null", StringComparison.Ordinal);
            marker = version.StartsWith('-');
            nullSuffix = isNull ? suffix.ToBytes() : nullSuffix;
            ids.Add(isNull ? VersionId.Null : suffix);
            var address = new RowAddress(IndexSection.Version, suffix.ToBytes());
            writes.Add(new RowWrite(address, Guid.NewGuid(), Record(ids[^1], (long)_clock, marker, true), default));
        }

        var head = Record(ids[^1], (long)_clock, marker, true, nullSuffix);
        writes.Add(new RowWrite(marker ? RowAddress.HiddenHead : RowAddress.Head, Guid.NewGuid(), head, default));
        await CommitAsync(key, writes);
        return ids;
    }

    public async Task DeleteAsync(string key, params RowAddress[] addresses)
    {
        var commit = new IndexCommit
        {
            Bucket = Id,
            Key = ObjectKey.Parse(key),
            Epoch = _epoch,
            Started = DateTimeOffset.UnixEpoch,
            Deletes = addresses,
        };
        Assert.Equal(CommitOutcome.Applied, (await Index.CommitAsync(commit, default)).Outcome);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private async Task CommitAsync(byte[] key, IReadOnlyList<RowWrite> writes)
    {
        var commit = new IndexCommit
        {
            Bucket = Id,
            Key = ObjectKey.FromStored(key),
            Epoch = _epoch,
            Started = DateTimeOffset.UnixEpoch,
            Writes = writes,
        };
        Assert.Equal(CommitOutcome.Applied, (await Index.CommitAsync(commit, default)).Outcome);
    }

    private static byte[] Record(VersionId version, long size, bool marker, bool versionRows, ReadOnlyMemory<byte> nullSuffix = default) =>
        ObjectRecordCodec.Encode(new ObjectRecord
        {
            VersionId = version,
            Size = size,
            IsDeleteMarker = marker,
            HasVersionRows = versionRows,
            NullVersionSuffix = nullSuffix,
            Owner = Owner,
            ETag = marker ? "" : "d41d8cd98f00b204e9800998ecf8427e",
            LastModified = DateTimeOffset.UnixEpoch,
        });
}
