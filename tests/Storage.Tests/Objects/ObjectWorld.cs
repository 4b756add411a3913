using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Contract.Faults;
using S3Cassandra.Storage.Contract.InMemory;
using S3Cassandra.Storage.Encryption;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Objects;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.Storage.Tests.Objects;

/// <summary>Everything that writes and reads objects, over a store in memory with a plan of faults. Inline up to 32 bytes, chunks of 64.</summary>
internal sealed class ObjectWorld : IAsyncDisposable
{
    public const int InlineThreshold = 32;
    public const int ChunkSize = 64;

    public static readonly ObjectOwner Owner = new("111111111111", new string('a', 64), "arn:aws:iam::111111111111:root");

    private readonly FaultyStore _faulty;

    public ObjectWorld(FaultPlan? faults = null, int chunkSize = ChunkSize, int chunkPool = 1024)
    {
        Faults = faults ?? new FaultPlan();
        Store = new InMemoryStore(Time, chunkSize, chunkPool);
        _faulty = new FaultyStore(Store, Faults);
        var configurations = new BucketConfigurations(_faulty.Index);
        Bodies = new BodyStorer(_faulty.Blobs, Time, InlineThreshold);
        Versions = new VersionWriter(_faulty.Index, configurations, _faulty.Blobs, Time);
        Writer = new ObjectWriter(Versions, Bodies);
        Reader = new ObjectReader(_faulty.Index, configurations, _faulty.Blobs);
        Remover = new ObjectRemover(_faulty.Index, configurations, _faulty.Blobs, Time);
        Tagging = new ObjectTagging(_faulty.Index, configurations, _faulty.Blobs, Time);
    }

    public ManualTime Time { get; } = new();

    public FaultPlan Faults { get; }

    public InMemoryStore Store { get; }

    /// <summary>What has been asked of the index, key by key.</summary>
    public IReadOnlyCollection<KeyRead> Reads => _faulty.Index.Reads;

    public BodyStorer Bodies { get; }

    public VersionWriter Versions { get; }

    public ObjectWriter Writer { get; }

    public ObjectReader Reader { get; }

    public ObjectRemover Remover { get; }

    public ObjectTagging Tagging { get; }

    public KeyRing Keys { get; } = new([new MasterKey("test", new byte[32])]);

    public BucketId Bucket { get; } = BucketId.New();

    public static async Task<ObjectWorld> CreateAsync(
        VersioningState versioning = VersioningState.Unversioned, FaultPlan? faults = null, int chunkSize = ChunkSize, int chunkPool = 1024)
    {
        var world = new ObjectWorld(faults, chunkSize, chunkPool);
        await world.Store.Index.CreateBucketAsync(world.Bucket, BucketConfiguration.Encode(versioning), default);
        return world;
    }

    public async Task SetVersioningAsync(VersioningState state)
    {
        var current = await Store.Index.GetConfigurationAsync(Bucket, default);
        Assert.Equal(
            ConfigurationChange.Applied,
            await Store.Index.ChangeConfigurationAsync(Bucket, current!.Epoch, BucketConfiguration.Encode(state), default));
    }

    public ValueTask<WriteOutcome> PutAsync(string key, byte[] bytes, WriteConditions? conditions = null, DataKey? dataKey = null) =>
        PutAsync(key, new TestBody(bytes), conditions, dataKey);

    public ValueTask<WriteOutcome> PutAsync(string key, TestBody body, WriteConditions? conditions = null, DataKey? dataKey = null) =>
        Writer.PutAsync(
            new PutObjectCommand
            {
                Bucket = Bucket,
                Key = ObjectKey.Parse(key),
                Owner = Owner,
                Conditions = conditions ?? WriteConditions.None,
                DataKey = dataKey,
            },
            body,
            TestContext.Current.CancellationToken);

    public ValueTask<WriteOutcome> DeleteAsync(string key, VersionId? version = null, WriteConditions? conditions = null) => Remover.DeleteAsync(
        Bucket, ObjectKey.Parse(key), version, conditions ?? WriteConditions.None, Owner, TestContext.Current.CancellationToken);

    public ValueTask<ObjectLookup> FindAsync(string key, VersionId? version = null) =>
        Reader.FindAsync(Bucket, ObjectKey.Parse(key), version, withBody: true, TestContext.Current.CancellationToken);

    /// <summary>The bytes of what a lookup finds; null where it finds no object.</summary>
    public async Task<byte[]?> ReadAsync(string key, VersionId? version = null, DataKey? dataKey = null)
    {
        var found = await FindAsync(key, version);
        return found.Status == LookupStatus.Found ? await ReadAsync(found, 0, found.Object.Size, dataKey) : null;
    }

    public async Task<byte[]?> ReadAsync(ObjectLookup found, long offset, long count, DataKey? dataKey = null)
    {
        await using var open = await Reader.OpenAsync(found, dataKey, offset, count, TestContext.Current.CancellationToken);
        if (open is null)
        {
            return null;
        }

        var bytes = new MemoryStream();
        await open.CopyToAsync(System.IO.Pipelines.PipeWriter.Create(bytes), TestContext.Current.CancellationToken);
        return bytes.ToArray();
    }

    public async Task<List<BlobId>> BlobsAsync() => await Store.Blobs.ListAsync(default).ToListAsync();

    public async Task<List<Suspect>> SuspectsAsync(SuspectKind kind) =>
        await Store.Blobs.SuspectsAsync(DateTimeOffset.MaxValue, default).Where(suspect => suspect.Kind == kind).ToListAsync();

    /// <summary>The rows of a section, unpacked, in order.</summary>
    public async Task<List<(byte[] Suffix, ObjectRecord Record)>> RowsAsync(IndexSection section)
    {
        using var page = await Store.Index.ScanAsync(new ScanRange(Bucket, section, default, default, null, 10_000), default);
        return [.. page!.Rows.Select(row => (row.Suffix.ToArray(), ObjectRecordCodec.Decode(row.Record.ToArray())))];
    }

    public ValueTask DisposeAsync() => Store.DisposeAsync();
}
