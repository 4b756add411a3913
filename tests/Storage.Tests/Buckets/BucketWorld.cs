using S3Cassandra.Storage.Buckets;
using S3Cassandra.Storage.Catalog;
using S3Cassandra.Storage.Contract.Faults;
using S3Cassandra.Storage.Contract.InMemory;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.Storage.Tests.Buckets;

/// <summary>A bucket store over a store in memory with a plan of faults, and a second one beside it, as of another server.</summary>
internal sealed class BucketWorld : IAsyncDisposable
{
    public static readonly ObjectOwner Alice = new("111111111111", new string('a', 64), "arn:aws:iam::111111111111:root");
    public static readonly ObjectOwner Bob = new("222222222222", new string('b', 64), "arn:aws:iam::222222222222:root");

    private readonly InMemoryStore _memory;
    private readonly FaultyStore _faulty;

    public BucketWorld()
    {
        _memory = new InMemoryStore(Time);
        _faulty = new FaultyStore(_memory, Faults);
        Buckets = new BucketStore(_faulty.Catalog, _faulty.Index, Time);
        Elsewhere = new BucketStore(_memory.Catalog, _memory.Index, Time);
    }

    public ManualTime Time { get; } = new();

    public FaultPlan Faults { get; } = new();

    public BucketStore Buckets { get; }

    public BucketStore Elsewhere { get; }

    public ICatalog Catalog => _memory.Catalog;

    public IObjectIndex Index => _memory.Index;

    public IObjectIndex FaultyIndex => _faulty.Index;

    /// <summary>What a listing of all owners' buckets asks for.</summary>
    public static bool All(BucketRecord bucket) => true;

    public static async Task<CreateBucketOutcome> CreateAsync(BucketStore buckets, string name, ObjectOwner? owner = null) =>
        await buckets.CreateAsync(name, "us-east-1", owner ?? Alice, [], TestContext.Current.CancellationToken);

    public async Task<BucketRecord> CreateAsync(string name = "photos")
    {
        var outcome = await CreateAsync(Buckets, name);
        Assert.Equal(CreateBucketStatus.Created, outcome.Status);
        return outcome.Bucket!;
    }

    public async Task PutRowAsync(BucketRecord bucket, RowAddress address)
    {
        var commit = new IndexCommit
        {
            Bucket = bucket.Id,
            Key = ObjectKey.Parse("key"),
            Epoch = (await Index.GetConfigurationAsync(bucket.Id, default))!.Epoch,
            Started = Time.GetUtcNow(),
            Writes = [new RowWrite(address, Guid.NewGuid(), new byte[1], default)],
        };
        Assert.Equal(CommitOutcome.Applied, (await Index.CommitAsync(commit, default)).Outcome);
    }

    public async Task<int> CountKeySpacesAsync() => await Index.ListBucketsAsync(default).CountAsync();

    public ValueTask DisposeAsync() => _memory.DisposeAsync();
}
