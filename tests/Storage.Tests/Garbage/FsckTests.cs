using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Catalog;
using S3Cassandra.Storage.Garbage;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Objects;
using S3Cassandra.Storage.Tests.Uploads;
using S3Cassandra.Storage.Uploads;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.Storage.Tests.Garbage;

/// <summary>Each kind of damage, planted in a store that is sound otherwise, is found and named.</summary>
public class FsckTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sound_store_has_no_findings()
    {
        await using var world = await FilledAsync();
        var (findings, report) = await world.FsckAsync();
        Assert.Empty(findings);
        Assert.Equal(0, report.ExitCode);
        Assert.Equal(1, report.Buckets);
        Assert.True(report.Bytes > 1000);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_missing_chunk_is_found_by_reading_on(bool manifest)
    {
        await using var world = await FilledAsync();
        var (part, version) = await PartOfAsync(world, manifest ? "many" : "big", manifest ? 1 : 0);
        world.Memory.MemoryBlobs.DropChunk(part.Blob, 1);
        var finding = Single(await world.FsckAsync(), FsckFindingKind.DamagedChunk);
        Assert.Equal(("photos", manifest ? "many" : "big", version, part.Blob), (finding.Bucket, finding.Key, finding.Version, finding.Blob!.Value));
        Assert.Empty((await world.FsckAsync(new FsckOptions { Quick = true })).Findings);
    }

    [Fact]
    public async Task A_flipped_bit_is_found()
    {
        await using var world = await FilledAsync();
        var (part, version) = await PartOfAsync(world, "big", 0);
        world.Memory.MemoryBlobs.FlipBit(part.Blob, 0, 77);
        var finding = Single(await world.FsckAsync(), FsckFindingKind.DamagedChunk);
        Assert.Equal(("photos", "big", version), (finding.Bucket, finding.Key, finding.Version));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_dangling_reference_is_found(bool quick)
    {
        await using var world = await FilledAsync();
        var (part, version) = await PartOfAsync(world, "big", 0);
        world.Memory.MemoryBlobs.DropBlob(part.Blob);
        foreach (var passes in new[] { 1000, 2 })
        {
            var finding = Single(
                await world.FsckAsync(new FsckOptions { Quick = quick, BlobsPerPass = passes }), FsckFindingKind.DanglingReference, others: !quick);
            Assert.Equal(("photos", "big", version, part.Blob), (finding.Bucket, finding.Key, finding.Version, finding.Blob!.Value));
        }
    }

    [Fact]
    public async Task An_orphan_is_found_and_repair_frees_it_and_nothing_else()
    {
        await using var world = await FilledAsync();
        var orphan = world.Memory.MemoryBlobs.AddOrphan(new BlobOwner(world.Bucket, ObjectKey.Parse("lost/key"), null));
        var blobs = await world.CountBlobsAsync();
        var finding = Single(await world.FsckAsync(), FsckFindingKind.Orphan);
        Assert.Equal((orphan, "photos", "lost/key", null), (finding.Blob!.Value, finding.Bucket, finding.Key, finding.Version));
        var (findings, report) = await world.FsckAsync(new FsckOptions { Repair = true, BlobsPerPass = 3 });
        Assert.True(Assert.Single(findings).Repaired);
        Assert.Equal(0, report.ExitCode);
        Assert.Equal(blobs - 1, await world.CountBlobsAsync());
        Assert.Empty((await world.FsckAsync()).Findings);
    }

    [Fact]
    public async Task An_orphan_is_named_by_what_is_known_of_it()
    {
        await using var world = await FilledAsync();
        var unknown = world.Memory.MemoryBlobs.AddOrphan();
        var part = world.Memory.MemoryBlobs.AddOrphan(new BlobOwner(world.Bucket, UploadWorld.Key, new UploadId(77)));
        var (findings, _) = await world.FsckAsync();
        var ofPart = Assert.Single(findings, finding => finding.Blob == part);
        Assert.Equal(("photos", UploadWorld.Key.ToString(), $"upload {new UploadId(77)}"), (ofPart.Bucket, ofPart.Key, ofPart.Version));
        Assert.Null(Assert.Single(findings, finding => finding.Blob == unknown).Key);
    }

    [Fact]
    public async Task What_the_sweeper_knows_of_is_no_orphan()
    {
        await using var world = await FilledAsync();
        await world.DeleteAsync(VersionId.Null, ObjectKey.Parse("plain"));
        var (findings, report) = await world.FsckAsync(new FsckOptions { Repair = true });
        Assert.Empty(findings);
        Assert.True(report.Waiting > 0);
    }

    [Fact]
    public async Task A_torn_suspect_is_found_with_whoever_refers_to_it_and_swept_without_harm()
    {
        await using var world = await UploadWorld.CreateAsync();
        await world.PutAsync("big", UploadWorld.Bytes(300));
        var (part, version) = await PartOfAsync(world, "big", 0);
        world.Memory.MemoryBlobs.TearSuspect(part.Blob);
        var (findings, report) = await world.FsckAsync();
        var finding = Assert.Single(findings);
        Assert.Equal((FsckFindingKind.TornSuspect, "photos", "big", version), (finding.Kind, finding.Bucket, finding.Key, finding.Version));
        Assert.Equal(0, report.ExitCode);
        await world.SweepAsync();
        Assert.Equal(300, (await world.ReadAsync(ObjectKey.Parse("big")))!.Length);
        Assert.Equal(0, await world.CountSuspectsAsync());
    }

    [Fact]
    public async Task An_unreadable_record_is_found_and_no_blob_is_called_an_orphan()
    {
        await using var world = await FilledAsync();
        var key = ObjectKey.Parse("plain");
        await OverwriteAsync(world, key, RowAddress.Head, "not a record"u8.ToArray());
        var finding = Single(await world.FsckAsync(new FsckOptions { Repair = true }), FsckFindingKind.UnreadableRecord);
        Assert.Equal("plain", finding.Key);
    }

    [Fact]
    public async Task Version_rows_and_heads_that_do_not_belong_together_are_found()
    {
        await using var world = await FilledAsync();
        var key = ObjectKey.Parse("big");
        var rows = (await world.Memory.Index.ReadAsync(world.Bucket, new KeyRead(key, NewestVersions: 1), Token))!;
        var version = rows.Rows.Single(row => row.Address.Section == IndexSection.Version);
        await CommitAsync(world, key, rows.Epoch, deletes: [version.Address]);
        Assert.Equal("big", Single(await world.FsckAsync(), FsckFindingKind.MissingVersionRow, others: true).Key);

        await CommitAsync(world, key, rows.Epoch, deletes: [RowAddress.Head], writes: [new RowWrite(version.Address, version.Ver, version.Record, default)]);
        Assert.Equal("big", Single(await world.FsckAsync(), FsckFindingKind.MissingHead, others: true).Key);
    }

    [Fact]
    public async Task Parts_without_their_upload_are_found_and_repaired()
    {
        await using var world = await FilledAsync();
        var id = await world.InitiateAsync();
        await world.PutPartAsync(id, 1, UploadWorld.Bytes(100));
        await world.SweepAsync();
        var rows = (await world.Memory.Index.ReadAsync(world.Bucket, new KeyRead(UploadWorld.Key), Token))!;
        await CommitAsync(world, UploadWorld.Key, rows.Epoch, deletes: [new RowAddress(IndexSection.Upload, id.ToBytes())]);
        var (findings, _) = await world.FsckAsync(new FsckOptions { Repair = true });
        Assert.Equal(
            [FsckFindingKind.Orphan, FsckFindingKind.PartsWithoutUpload], findings.Select(finding => finding.Kind).Order());
        Assert.All(findings, finding => Assert.True(finding.Repaired));
        Assert.Contains(findings, finding => finding.Version == $"upload {id}");
        Assert.Empty((await world.FsckAsync()).Findings);
    }

    [Fact]
    public async Task A_bucket_without_its_index_is_found()
    {
        await using var world = await FilledAsync();
        var bucket = (await world.Buckets.CreateAsync("lost", "us-east-1", UploadWorld.Owner, [], Token)).Bucket!;
        await world.Memory.Index.RemoveBucketAsync(bucket.Id, Token);
        Assert.Equal("lost", Single(await world.FsckAsync(), FsckFindingKind.BucketWithoutIndex).Bucket);
    }

    [Fact]
    public async Task An_index_without_its_bucket_is_told_and_what_it_refers_to_stays()
    {
        await using var world = await FilledAsync();
        var record = (await world.Memory.Catalog.GetAsync(CatalogTable.Bucket, "photos", Token))!;
        await world.Memory.Catalog.WriteAsync(CatalogTable.Bucket, "photos", record.Revision, null, Token);
        var blobs = await world.CountBlobsAsync();
        var (findings, report) = await world.FsckAsync(new FsckOptions { Repair = true });
        Assert.Equal(FsckFindingKind.IndexWithoutBucket, Assert.Single(findings).Kind);
        Assert.Equal(0, report.ExitCode);
        Assert.Equal(blobs, await world.CountBlobsAsync());
    }

    /// <summary>An inline object, one in a blob from before versioning, a versioned one, one with a manifest, an upload; swept clean.</summary>
    private static async Task<UploadWorld> FilledAsync()
    {
        var world = await UploadWorld.CreateAsync();
        await world.PutAsync("inline", UploadWorld.Bytes(10));
        await world.PutAsync("plain", UploadWorld.Bytes(200, 2));
        await world.SetVersioningAsync(VersioningState.Enabled);
        await world.PutAsync("big", UploadWorld.Bytes(300, 3));
        await world.PutAsync("big", UploadWorld.Bytes(400, 4));
        await world.PutAsync("gone", UploadWorld.Bytes(100, 5));
        await world.DeleteAsync(key: ObjectKey.Parse("gone"));
        var key = ObjectKey.Parse("many");
        var id = await world.InitiateAsync(key: key);
        var parts = new List<CompletedPart>();
        var upload = (await world.Uploads.FindAsync(world.Bucket, key, id, Token))!;
        for (var number = 1; number <= 6; number++)
        {
            parts.Add(await world.PutPartAsync(upload, number, UploadWorld.Bytes(100 + number, number)));
        }

        await world.Completion.CompleteAsync(world.Bucket, key, id, new CompleteUpload { Parts = parts }, Token);
        var going = await world.InitiateAsync();
        await world.PutPartAsync(going, 1, UploadWorld.Bytes(90));
        await world.SweepAsync();
        return world;
    }

    private static async Task<(ObjectPart Part, string Version)> PartOfAsync(UploadWorld world, string key, int place)
    {
        var found = await world.Reader.FindAsync(world.Bucket, ObjectKey.Parse(key), null, withBody: false, Token);
        var parts = await world.Reader.PartsAsync(found.Object, Token);
        return (parts[place], found.Object.VersionId.ToString());
    }

    private static FsckFinding Single((List<FsckFinding> Findings, FsckReport Report) check, FsckFindingKind kind, bool others = false)
    {
        Assert.Equal(1, check.Report.ExitCode);
        return others ? Assert.Single(check.Findings, finding => finding.Kind == kind) : Assert.Single(check.Findings, finding => finding.Kind == kind || !others);
    }

    private static async Task OverwriteAsync(UploadWorld world, ObjectKey key, RowAddress address, byte[] record)
    {
        var epoch = (await world.Memory.Index.GetConfigurationAsync(world.Bucket, Token))!.Epoch;
        await CommitAsync(world, key, epoch, writes: [new RowWrite(address, Guid.NewGuid(), record, default)]);
    }

    private static async Task CommitAsync(
        UploadWorld world, ObjectKey key, int epoch, IReadOnlyList<RowWrite>? writes = null, IReadOnlyList<RowAddress>? deletes = null)
    {
        var commit = new IndexCommit
        {
            Bucket = world.Bucket,
            Key = key,
            Epoch = epoch,
            Started = world.Time.GetUtcNow(),
            Writes = writes ?? [],
            Deletes = deletes ?? [],
        };
        Assert.Equal(CommitOutcome.Applied, (await world.Memory.Index.CommitAsync(commit, Token)).Outcome);
    }
}
