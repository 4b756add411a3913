using System.IO.Pipelines;
using System.Security.Cryptography;
using S3Cassandra.Storage.Buckets;
using S3Cassandra.Storage.Checksums;
using S3Cassandra.Storage.Contract.Faults;
using S3Cassandra.Storage.Contract.InMemory;
using S3Cassandra.Storage.Garbage;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Objects;
using S3Cassandra.Storage.Uploads;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.Storage.Tests.Uploads;

/// <summary>A store in memory under a plan of faults, with a bucket and all that writes to it. Parts may be small, manifests begin early.</summary>
internal sealed class UploadWorld : IAsyncDisposable
{
    public const int ChunkSize = 64;

    public static readonly ObjectOwner Owner = new("111111111111", new string('a', 64), "arn:aws:iam::111111111111:root");
    public static readonly ObjectKey Key = ObjectKey.Parse("some/key");

    private readonly FaultyStore _faulty;

    public UploadWorld(long minPartSize = 0)
    {
        Memory = new InMemoryStore(Time, ChunkSize);
        _faulty = new FaultyStore(Memory, Faults);
        var (index, blobs) = (_faulty.Index, _faulty.Blobs);
        var configurations = new BucketConfigurations(index);
        Buckets = new BucketStore(Memory.Catalog, Memory.Index, Time);
        Parts = new UploadParts(index, blobs);
        var bodies = new BodyStorer(blobs, Time, inlineThreshold: 16);
        Versions = new VersionWriter(index, configurations, blobs, Time);
        Objects = new ObjectWriter(Versions, bodies);
        Reader = new ObjectReader(index, configurations, blobs);
        Remover = new ObjectRemover(index, configurations, blobs, Time);
        Uploads = new MultipartUploads(index, bodies, Parts, Time);
        Completion = new UploadCompletion(index, Uploads, Parts, new PartManifests(blobs), Versions, Time)
        {
            MinPartSize = minPartSize,
            MaxPartsInRow = 4,
        };
        Listing = new UploadListing(index);
        Sweeper = new Sweeper(index, blobs, new SweeperOptions(), Time);
        Fsck = new Fsck(Memory.Index, Memory.Blobs, Memory.Catalog);
    }

    public ManualTime Time { get; } = new();

    public FaultPlan Faults { get; } = new();

    public InMemoryStore Memory { get; }

    public BucketStore Buckets { get; }

    public VersionWriter Versions { get; }

    public ObjectWriter Objects { get; }

    public ObjectReader Reader { get; }

    public ObjectRemover Remover { get; }

    public UploadParts Parts { get; }

    public MultipartUploads Uploads { get; }

    public UploadCompletion Completion { get; }

    public UploadListing Listing { get; }

    public Sweeper Sweeper { get; }

    public Fsck Fsck { get; }

    public BucketId Bucket { get; private set; }

    public static async Task<UploadWorld> CreateAsync(long minPartSize = 0)
    {
        var world = new UploadWorld(minPartSize);
        world.Bucket = (await world.Buckets.CreateAsync("photos", "us-east-1", Owner, [], default)).Bucket!.Id;
        return world;
    }

    public async Task SetVersioningAsync(VersioningState state) => await Buckets.SetVersioningAsync(Bucket, state, default);

    public async Task<UploadId> InitiateAsync(UploadRecord? upload = null, ObjectKey? key = null)
    {
        Time.Advance(TimeSpan.FromMilliseconds(1));
        var outcome = await Uploads.InitiateAsync(Bucket, key ?? Key, upload ?? new UploadRecord { Owner = Owner }, default);
        Assert.Equal(UploadStatus.Done, outcome.Status);
        return outcome.Id;
    }

    public async Task<PutPartOutcome> TryPutPartAsync(UploadId id, int number, byte[] body, ChecksumAlgorithm? algorithm = null)
    {
        Time.Advance(TimeSpan.FromMilliseconds(1));
        return await Uploads.FindAsync(Bucket, Key, id, default) is { } upload
            ? await Uploads.PutPartAsync(upload, number, new Body(body, algorithm), null, default)
            : new PutPartOutcome(UploadStatus.NoSuchUpload);
    }

    /// <summary>Uploads a part, and names it as a Complete does.</summary>
    public async Task<CompletedPart> PutPartAsync(UploadId id, int number, byte[] body, ChecksumAlgorithm? algorithm = null)
    {
        var outcome = await TryPutPartAsync(id, number, body, algorithm);
        Assert.Equal(UploadStatus.Done, outcome.Status);
        return new CompletedPart(number, outcome.Part!.ETag, [outcome.Part.Checksum]);
    }

    /// <summary>Uploads a part of an upload under any key.</summary>
    public async Task<CompletedPart> PutPartAsync(FoundUpload upload, int number, byte[] body)
    {
        var outcome = await Uploads.PutPartAsync(upload, number, new Body(body, null), null, default);
        Assert.Equal(UploadStatus.Done, outcome.Status);
        return new CompletedPart(number, outcome.Part!.ETag, []);
    }

    public ValueTask<CompleteOutcome> CompleteAsync(UploadId id, params CompletedPart[] parts) =>
        Completion.CompleteAsync(Bucket, Key, id, new CompleteUpload { Parts = parts }, default);

    public ValueTask<CompleteOutcome> CompleteAsync(UploadId id, CompleteUpload request) =>
        Completion.CompleteAsync(Bucket, Key, id, request, default);

    public ValueTask<UploadStatus> AbortAsync(UploadId id, ObjectKey? key = null) => Uploads.AbortAsync(Bucket, key ?? Key, id, null, default);

    public ValueTask<List<StoredPart>> LatestPartsAsync(UploadId id) => Parts.LatestAsync(Bucket, id, 0, default).ToListAsync();

    public ValueTask<WriteOutcome> DeleteAsync(VersionId? version = null, ObjectKey? key = null) =>
        Remover.DeleteAsync(Bucket, key ?? Key, version, WriteConditions.None, Owner, default);

    public async Task<WriteOutcome> PutAsync(string key, byte[] body) => await Objects.PutAsync(
        new PutObjectCommand { Bucket = Bucket, Key = ObjectKey.Parse(key), Owner = Owner }, new Body(body, null), default);

    public async Task<byte[]?> ReadAsync(ObjectKey? key = null)
    {
        var found = await Reader.FindAsync(Bucket, key ?? Key, null, withBody: true, default);
        if (found.Status != LookupStatus.Found)
        {
            return null;
        }

        await using var open = await Reader.OpenAsync(found, null, 0, found.Object.Size, default);
        using var bytes = new MemoryStream();
        var pipe = PipeWriter.Create(bytes);
        await open!.CopyToAsync(pipe, default);
        await pipe.FlushAsync();
        return bytes.ToArray();
    }

    /// <summary>Lets the sweeper look at everything that there is, as often as it needs to.</summary>
    public async Task SweepAsync()
    {
        for (var pass = 0; pass < 4; pass++)
        {
            Time.Advance(TimeSpan.FromHours(13));
            await Sweeper.SweepAsync(default);
        }
    }

    public async Task<int> CountBlobsAsync() => await Memory.Blobs.ListAsync(default).CountAsync();

    public async Task<int> CountSuspectsAsync() => await Memory.Blobs.SuspectsAsync(DateTimeOffset.MaxValue, default).CountAsync();

    public async Task<(List<FsckFinding> Findings, FsckReport Report)> FsckAsync(FsckOptions? options = null)
    {
        var findings = new List<FsckFinding>();
        var report = await Fsck.CheckAsync(options ?? new FsckOptions(), findings.Add, default);
        return (findings, report);
    }

    /// <summary>The check of a store that servers go on using, from a place on.</summary>
    public async Task<(List<FsckFinding> Findings, FsckReport Report, List<FsckPosition> Positions)> SharedFsckAsync(
        FsckOptions? options = null, FsckPosition? from = null)
    {
        var (findings, positions) = (new List<FsckFinding>(), new List<FsckPosition>());
        var report = await new SharedFsck(Memory.Index, Memory.Blobs, Memory.Catalog, Time)
            .CheckAsync(options ?? new FsckOptions(), from, findings.Add, positions.Add, default);
        return (findings, report, positions);
    }

    public static byte[] Bytes(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static string ETagOf(params byte[][] parts) =>
        EntityTag.Format(MD5.HashData(parts.SelectMany(part => MD5.HashData(part)).ToArray()), parts.Length);

    public ValueTask DisposeAsync() => Memory.DisposeAsync();

    private sealed class Body(byte[] bytes, ChecksumAlgorithm? algorithm) : IObjectBody
    {
        public PipeReader Reader { get; } = PipeReader.Create(new System.Buffers.ReadOnlySequence<byte>(bytes));

        public long? Length => bytes.Length;

        public ChecksumAlgorithm? Algorithm => algorithm;

        public bool NeedsSha256 => false;

        public bool Accept(BodyDigests digests) => true;
    }
}
