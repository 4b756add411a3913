using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Contract;

/// <summary>What the suites share: a fresh store per test, and short ways to say things.</summary>
public abstract class StoreContract : IAsyncLifetime
{
    private IStore? _store;

    protected IStore Store => _store!;

    protected IObjectIndex Index => Store.Index;

    protected ManualClock Clock { get; } = new();

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _store = await OpenAsync(Clock);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }
    }

    /// <summary>An empty store whose suspects are dated by the clock; chunks of 16 KiB, and a pool that a thousand of them exhaust.</summary>
    protected abstract ValueTask<IStore> OpenAsync(TimeProvider clock);

    protected static ObjectKey Key(string text) => ObjectKey.Parse(text);

    protected static byte[] Bytes(params int[] bytes) => [.. bytes.Select(value => (byte)value)];

    protected static RowWrite Write(RowAddress address, Guid ver, string record = "record", byte[]? body = null) =>
        new(address, ver, System.Text.Encoding.UTF8.GetBytes(record), body);

    protected static RowAddress Version(params int[] suffix) => new(IndexSection.Version, Bytes(suffix));

    protected static RowAddress UploadRow(UploadId upload) => new(IndexSection.Upload, upload.ToBytes());

    /// <summary>The conditions of a key that has no head.</summary>
    protected static RowCondition[] NoHead => [new(RowAddress.Head, null), new(RowAddress.HiddenHead, null)];

    /// <summary>The conditions of a key whose head has this version.</summary>
    protected static RowCondition[] HeadIs(Guid ver) => [new(RowAddress.Head, ver), new(RowAddress.HiddenHead, null)];

    protected async Task<BucketId> NewBucketAsync()
    {
        var bucket = BucketId.New();
        await Index.CreateBucketAsync(bucket, Bytes(1, 2, 3), Token);
        return bucket;
    }

    protected IndexCommit Commit(
        BucketId bucket,
        ObjectKey key,
        RowCondition[]? conditions = null,
        RowWrite[]? writes = null,
        RowAddress[]? deletes = null,
        BlobId[]? releases = null,
        UploadId? ends = null,
        int epoch = 1) => new()
        {
            Bucket = bucket,
            Key = key,
            Epoch = epoch,
            Started = Clock.Now,
            Conditions = conditions ?? [],
            Writes = writes ?? [],
            Deletes = deletes ?? [],
            Releases = releases ?? [],
            EndsUpload = ends,
        };

    /// <summary>Writes a key's head where it has none; returns its version.</summary>
    protected async Task<Guid> PutAsync(BucketId bucket, string key, string record = "record", byte[]? body = null)
    {
        var ver = Guid.NewGuid();
        var result = await Index.CommitAsync(Commit(bucket, Key(key), NoHead, [Write(RowAddress.Head, ver, record, body)]), Token);
        Assert.Equal(CommitOutcome.Applied, result.Outcome);
        return ver;
    }

    protected async Task<KeyRows> ReadAsync(BucketId bucket, string key, bool withBody = false)
    {
        var rows = await Index.ReadAsync(bucket, new KeyRead(Key(key), withBody), Token);
        Assert.NotNull(rows);
        return rows;
    }

    /// <summary>The keys that a scan of the section finds, over as many pages as it takes.</summary>
    protected async Task<List<byte[]>> ScanKeysAsync(BucketId bucket, IndexSection section = IndexSection.Head, int limit = 1000)
    {
        var keys = new List<byte[]>();
        var (from, suffix) = (ReadOnlyMemory<byte>.Empty, ReadOnlyMemory<byte>.Empty);
        while (true)
        {
            using var page = await Index.ScanAsync(new ScanRange(bucket, section, from, suffix, null, limit), Token);
            Assert.NotNull(page);
            keys.AddRange(page.Rows.Select(row => row.Key.ToArray()));
            if (!page.More)
            {
                return keys;
            }

            (from, suffix) = (page.Rows[^1].Key.ToArray(), (byte[])[.. page.Rows[^1].Suffix.Span, 0]);
        }
    }

    protected async Task<List<Suspect>> SuspectsAsync(DateTimeOffset? before = null)
    {
        var suspects = new List<Suspect>();
        await foreach (var suspect in Store.Blobs.SuspectsAsync(before ?? Clock.Now.AddDays(1), Token))
        {
            suspects.Add(suspect);
        }

        return suspects;
    }
}
