using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Garbage;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Listing;
using S3Cassandra.Storage.Objects;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.Storage.Cassandra.Tests.Simulation;

/// <summary>S3's operations on one server, as the product does them, chosen at random.</summary>
internal sealed class SimulatedClient(
    Simulation simulation,
    IndexOracle oracle,
    BucketId bucket,
    IObjectIndex index,
    SimulatedBlobs blobs,
    SweeperOptions sweeping,
    TimeProvider clock)
{
    private static readonly ObjectOwner Owner = new("123456789012", new string('a', 64), "arn:aws:iam::123456789012:root");

    private readonly BucketConfigurations _configurations = new(index);

    private VersionWriter Versions => new(index, _configurations, blobs, clock, simulation.Random);

    private ObjectRemover Remover => new(index, _configurations, blobs, clock, simulation.Random);

    public Task AnyAsync(CancellationToken cancellationToken) => simulation.Random.NextDouble() switch
    {
        < 0.4 => PutAsync(cancellationToken),
        < 0.6 => DeleteAsync(cancellationToken),
        < 0.7 => DeleteVersionAsync(cancellationToken),
        < 0.9 => GetAsync(cancellationToken),
        < 0.96 => ListAsync(cancellationToken),
        _ => ListVersionsAsync(cancellationToken),
    };

    public async Task PutAsync(CancellationToken cancellationToken)
    {
        var (key, blob, started) = (AnyKey(), BlobId.New(), clock.GetUtcNow());
        await blobs.WriteAsync(blob, new BlobOwner(bucket, key, null), cancellationToken);
        if (simulation.Chance(0.06))
        {
            // A body that takes longer than a sweeper waits: its commit must be refused, not applied.
            await Task.Delay(SimulationRun.Sweeping.WrittenGrace * 3, clock, cancellationToken);
        }

        await Versions.CommitAsync(
            new VersionWrite
            {
                Bucket = bucket,
                Key = key,
                Version = new ObjectRecord
                {
                    Owner = Owner,
                    Size = 1,
                    ETag = blob.ToString(),
                    Parts = [new ObjectPart(1, blob, blobs.ChunkSize, 1, null, default)],
                },
                Conditions = AnyConditions(key),
                Started = started,
            },
            cancellationToken);
    }

    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        var key = AnyKey();
        await Remover.DeleteAsync(bucket, key, null, AnyConditions(key), Owner, cancellationToken);
    }

    /// <summary>Deletes whatever the key has for good.</summary>
    public async Task DeleteVersionAsync(CancellationToken cancellationToken)
    {
        var key = AnyKey();
        if (HistoryOf(key).Now.Values.ToList() is { Count: > 0 } rows)
        {
            var record = ObjectRecordCodec.Decode(simulation.Pick(rows).Record);
            await Remover.DeleteAsync(bucket, key, record.VersionId, WriteConditions.None, Owner, cancellationToken);
        }
    }

    public async Task GetAsync(CancellationToken cancellationToken)
    {
        var begun = clock.GetTimestamp();
        var reader = new ObjectReader(index, _configurations, blobs);
        var key = AnyKey();
        var found = await reader.FindAsync(bucket, key, null, withBody: true, cancellationToken);
        if (found.Status != LookupStatus.Found)
        {
            return;
        }

        if (simulation.Chance(0.5))
        {
            await Task.Delay(SimulationRun.Sweeping.SecondLook * (simulation.Random.NextDouble() * 0.9), clock, cancellationToken);
        }

        var exists = await blobs.ExistsAsync(found.Object.Parts[0].Blob, cancellationToken);
        if (!exists && clock.GetElapsedTime(begun) < SimulationRun.Sweeping.SecondLook)
        {
            simulation.Fail($"a reader of {key} that was not slow met a blob that was freed");
        }
    }

    public async Task ListAsync(CancellationToken cancellationToken) => await new ObjectListing(index).ListAsync(
        new ListRequest { Bucket = bucket, MaxKeys = simulation.Pick([1, 3, 1000]) }, cancellationToken);

    public async Task ListVersionsAsync(CancellationToken cancellationToken) => await new VersionListing(index, _configurations).ListAsync(
        new ListVersionsRequest { Bucket = bucket, MaxKeys = simulation.Pick([1, 3, 1000]) }, cancellationToken);

    public async Task SetVersioningAsync(VersioningState state, CancellationToken cancellationToken)
    {
        if (await index.GetConfigurationAsync(bucket, cancellationToken) is { } current)
        {
            await index.ChangeConfigurationAsync(bucket, current.Epoch, BucketConfiguration.Encode(state), cancellationToken);
        }
    }

    public async Task RemoveBucketAsync(CancellationToken cancellationToken) => await index.RemoveBucketAsync(bucket, cancellationToken);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var sweeper = new Sweeper(index, blobs, sweeping, clock);
        for (var pass = 0; pass < 2; pass++)
        {
            var report = await sweeper.SweepAsync(cancellationToken);
            if (report.Failure is CorruptDataException corrupt)
            {
                simulation.Fail($"the sweeper met what it cannot read: {corrupt}");
            }
        }
    }

    private ObjectKey AnyKey() => ObjectKey.Parse(((char)('a' + simulation.Random.Next(simulation.Plan.Keys))).ToString());

    private KeyHistory HistoryOf(ObjectKey key) => oracle.Key(Convert.ToHexString(key.Span));

    private WriteConditions AnyConditions(ObjectKey key)
    {
        var current = HistoryOf(key).Now.Values.FirstOrDefault(row => row.Address.Section == IndexSection.Head);
        return simulation.Random.NextDouble() switch
        {
            < 0.15 => new WriteConditions(IfNoneMatchAny: true),
            < 0.3 when current is not null => new WriteConditions(IfMatch: ObjectRecordCodec.Decode(current.Record).ETag),
            _ => WriteConditions.None,
        };
    }
}
