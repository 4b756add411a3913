using S3Cassandra.Storage.Contract.InMemory;
using S3Cassandra.Storage.Garbage;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Objects;
using S3Cassandra.Storage.Uploads;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.Storage.Tests.Garbage.Simulation;

/// <summary>A store in virtual time, the semantics over it, and what must hold whatever happens.</summary>
internal sealed class SimulatedStore : IAsyncDisposable
{
    public static readonly SweeperOptions Careful = new()
    {
        WrittenGrace = TimeSpan.FromMinutes(30),
        ReleasedGrace = TimeSpan.FromMinutes(10),
        SecondLook = TimeSpan.FromMinutes(10),
        Concurrency = 1,
    };

    public SimulatedStore(Random random, PlantedBug bug)
    {
        Turns = new Turns(random);
        SweepTurns = new Turns(random);
        Memory = new InMemoryStore(Time, chunkSize: 64, chunkPool: 1_000_000);
        Oracle = new ReferenceOracle(Memory);
        Index = new SimulatedIndex(Memory.MemoryIndex, Turns, random, odds: 0.1);
        Blobs = new SimulatedBlobStore(Memory.MemoryBlobs, Turns, CheckDeletionAsync);
        var configurations = new BucketConfigurations(Index);
        var parts = new UploadParts(Index, Blobs);
        var bodies = new BodyStorer(Blobs, Time, inlineThreshold: 0);
        Versions = new VersionWriter(Index, configurations, Blobs, Time);
        Reader = new ObjectReader(Index, configurations, Blobs);
        Remover = new ObjectRemover(Index, configurations, Blobs, Time);
        Uploads = new MultipartUploads(Index, bodies, parts, Time);
        Completion = new UploadCompletion(Index, Uploads, parts, new PartManifests(Blobs), Versions, Time)
        {
            MinPartSize = 0,
            MaxPartsInRow = 2,
        };
        var sweptIndex = new SimulatedIndex(Memory.MemoryIndex, SweepTurns, random, odds: 0) { IgnoresFences = bug == PlantedBug.NoFence };
        var swept = new SimulatedBlobStore(Memory.MemoryBlobs, SweepTurns, CheckDeletionAsync)
        {
            IgnoresPins = bug == PlantedBug.NoPins,
            HidesManifest = bug == PlantedBug.NoManifests ? IsManifestAsync : _ => ValueTask.FromResult(false),
        };
        var options = bug == PlantedBug.NoSecondLook ? Careful with { ReleasedGrace = TimeSpan.Zero, SecondLook = TimeSpan.Zero } : Careful;
        Sweeper = new Sweeper(sweptIndex, swept, options, Time);
    }

    public VirtualTime Time { get; } = new();

    /// <summary>Whose turn it is among the clients.</summary>
    public Turns Turns { get; }

    /// <summary>The sweeper's own: so it may be faster than the slowest of them.</summary>
    public Turns SweepTurns { get; }

    public InMemoryStore Memory { get; }

    public SimulatedIndex Index { get; }

    public SimulatedBlobStore Blobs { get; }

    public ReferenceOracle Oracle { get; }

    public VersionWriter Versions { get; }

    public ObjectReader Reader { get; }

    public ObjectRemover Remover { get; }

    public MultipartUploads Uploads { get; }

    public UploadCompletion Completion { get; }

    public Sweeper Sweeper { get; }

    public List<string> Violations { get; } = [];

    public BucketId Bucket { get; } = BucketId.New();

    public int Freed { get; private set; }

    public async Task CreateBucketAsync() =>
        await Memory.Index.CreateBucketAsync(Bucket, BucketConfiguration.Encode(VersioningState.Unversioned), default);

    /// <summary>Every reference resolves, whatever arrived late.</summary>
    public async Task CheckReferencesAsync(string when)
    {
        try
        {
            foreach (var blob in await Oracle.ReferencedAsync())
            {
                if (!Memory.MemoryBlobs.Contains(blob))
                {
                    Violations.Add($"{when}: a row refers to {blob}, which is gone");
                }
            }
        }
        catch (CorruptDataException exception)
        {
            Violations.Add($"{when}: {exception.Message}");
        }
    }

    public ValueTask DisposeAsync() => Memory.DisposeAsync();

    /// <summary>Bodies begin with a letter, manifests with their format.</summary>
    private async ValueTask<bool> IsManifestAsync(BlobId blob)
    {
        using var chunk = await Memory.Blobs.RentChunkAsync(64, default);
        return await Memory.Blobs.ReadAsync(blob, 64, 0, chunk, default) > 0 && chunk.Memory.Span[0] < 32;
    }

    private async ValueTask CheckDeletionAsync(BlobId blob)
    {
        Freed++;
        if (Memory.MemoryBlobs.IsPinned(blob))
        {
            Violations.Add($"{blob} was freed while it was pinned");
        }

        try
        {
            if ((await Oracle.ReferencedAsync()).Contains(blob))
            {
                Violations.Add($"{blob} was freed while a row referred to it");
            }
        }
        catch (CorruptDataException exception)
        {
            Violations.Add(exception.Message);
        }
    }
}
