using System.IO.Pipelines;
using S3Cassandra.Storage.Buckets;
using S3Cassandra.Storage.Garbage;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Objects;
using S3Cassandra.Storage.Uploads;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.Storage.Embedded.Tests.CrashPoints;

/// <summary>S3's semantics over an embedded store in a folder. Chunks of 4 KiB, bodies up to 512 bytes in rows, a manifest from three parts on.</summary>
internal sealed class CrashWorld : IAsyncDisposable
{
    public const string BucketName = "photos";

    public static readonly ObjectOwner Owner = new("111111111111", new string('a', 64), "arn:aws:iam::111111111111:root");

    private readonly EmbeddedStore _store;
    private readonly VersionWriter _versions;
    private readonly ObjectReader _reader;
    private readonly ObjectRemover _remover;
    private readonly Sweeper _sweeper;

    private CrashWorld(string folder, StillClock clock)
    {
        Clock = clock;
        _store = EmbeddedStore.Open(new EmbeddedStoreOptions { Directory = folder, ChunkSize = 4096, ChunkPoolBytes = 1024 * 1024 }, clock);
        var (index, blobs) = (_store.Index, _store.Blobs);
        var configurations = new BucketConfigurations(index);
        Buckets = new BucketStore(_store.Catalog, index, clock);
        Bodies = new BodyStorer(blobs, clock, inlineThreshold: 512);
        Parts = new UploadParts(index, blobs);
        _versions = new VersionWriter(index, configurations, blobs, clock);
        Objects = new ObjectWriter(_versions, Bodies);
        _reader = new ObjectReader(index, configurations, blobs);
        _remover = new ObjectRemover(index, configurations, blobs, clock);
        Uploads = new MultipartUploads(index, Bodies, Parts, clock);
        Completion = new UploadCompletion(index, Uploads, Parts, new PartManifests(blobs), _versions, clock) { MinPartSize = 0, MaxPartsInRow = 2 };
        _sweeper = new Sweeper(index, blobs, new SweeperOptions { Concurrency = 1 }, clock);
    }

    public StillClock Clock { get; }

    public BucketStore Buckets { get; }

    public BodyStorer Bodies { get; }

    public ObjectWriter Objects { get; }

    public UploadParts Parts { get; }

    public MultipartUploads Uploads { get; }

    public UploadCompletion Completion { get; }

    public BucketId Bucket { get; private set; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens the store, and makes the bucket where there is none.</summary>
    public static async Task<CrashWorld> OpenAsync(string folder, StillClock clock)
    {
        var world = new CrashWorld(folder, clock);
        var found = await world.Buckets.FindAsync(BucketName, Token)
            ?? (await world.Buckets.CreateAsync(BucketName, "us-east-1", Owner, [], Token)).Bucket;
        world.Bucket = found!.Id;
        return world;
    }

    public async Task<WriteStatus> PutAsync(string key, byte[] bytes, bool isRefused = false)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        var command = new PutObjectCommand { Bucket = Bucket, Key = ObjectKey.Parse(key), Owner = Owner };
        return (await Objects.PutAsync(command, new BytesBody(bytes, isRefused), Token)).Status;
    }

    /// <summary>Stores bytes whose commit has no known outcome, and never took effect: only the sweeper can free them.</summary>
    public async Task LoseAsync(string key, byte[] bytes)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        await using var stored = await Bodies.StoreAsync(
            new BytesBody(bytes), new Blobs.BlobOwner(Bucket, ObjectKey.Parse(key), null), null, allowInline: true, Token);
        stored.Keep();
    }

    public async Task DeleteAsync(string key)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        var outcome = await _remover.DeleteAsync(Bucket, ObjectKey.Parse(key), null, WriteConditions.None, Owner, Token);
        Assert.Equal(WriteStatus.Done, outcome.Status);
    }

    /// <summary>The object's bytes, all of them verified; null where there is none.</summary>
    public async Task<byte[]?> ReadAsync(string key)
    {
        var found = await _reader.FindAsync(Bucket, ObjectKey.Parse(key), null, withBody: true, Token);
        if (found.Status != LookupStatus.Found)
        {
            return null;
        }

        await using var open = await _reader.OpenAsync(found, null, 0, found.Object.Size, Token);
        using var bytes = new MemoryStream();
        var pipe = PipeWriter.Create(bytes);
        await open!.CopyToAsync(pipe, Token);
        await pipe.FlushAsync(Token);
        return bytes.ToArray();
    }

    public async Task<UploadId> InitiateAsync(string key)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        var outcome = await Uploads.InitiateAsync(Bucket, ObjectKey.Parse(key), new UploadRecord { Owner = Owner }, Token);
        Assert.Equal(UploadStatus.Done, outcome.Status);
        return outcome.Id;
    }

    public ValueTask<FoundUpload?> FindUploadAsync(string key, UploadId id) => Uploads.FindAsync(Bucket, ObjectKey.Parse(key), id, Token);

    public async Task<CompletedPart> PutPartAsync(string key, UploadId id, int number, byte[] bytes)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        var upload = await FindUploadAsync(key, id);
        var outcome = await Uploads.PutPartAsync(upload!, number, new BytesBody(bytes), null, Token);
        Assert.Equal(UploadStatus.Done, outcome.Status);
        return new CompletedPart(number, outcome.Part!.ETag, []);
    }

    public async Task<CompleteStatus> CompleteAsync(string key, UploadId id, IReadOnlyList<CompletedPart> parts)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        return (await Completion.CompleteAsync(Bucket, ObjectKey.Parse(key), id, new CompleteUpload { Parts = parts }, Token)).Status;
    }

    public async Task<UploadStatus> AbortAsync(string key, UploadId id)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        return await Uploads.AbortAsync(Bucket, ObjectKey.Parse(key), id, null, Token);
    }

    /// <summary>Lets the sweeper look at everything as often as it needs to.</summary>
    public async Task SweepAsync()
    {
        for (var pass = 0; pass < 4; pass++)
        {
            Clock.Advance(TimeSpan.FromHours(13));
            Assert.Equal(0, (await _sweeper.SweepAsync(Token)).Failures);
        }
    }

    /// <summary>Nothing is damaged, nothing is left over, and nothing waits to be swept.</summary>
    public async Task AssertCleanAsync()
    {
        Assert.Empty(await _store.CheckAsync());
        var findings = new List<FsckFinding>();
        var report = await new Fsck(_store.Index, _store.Blobs, _store.Catalog).CheckAsync(new FsckOptions(), findings.Add, Token);
        Assert.Empty(findings);
        Assert.Equal(0, report.Waiting);
        Assert.Empty(await _store.Blobs.SuspectsAsync(DateTimeOffset.MaxValue, Token).ToListAsync(Token));
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();
}
