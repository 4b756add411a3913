using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Catalog;
using S3Cassandra.Storage.Garbage;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Objects;
using S3Cassandra.Storage.Tests.Uploads;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.Storage.Tests.Garbage;

/// <summary>The check of a store that servers go on using: it finds each kind of damage, goes on where it was broken off, and frees nothing itself.</summary>
public class SharedFsckTests
{
    private static readonly FsckOptions Repairing = new() { Repair = true };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sound_store_has_no_findings()
    {
        await using var world = await FilledAsync();
        var (findings, report, positions) = await world.SharedFsckAsync();
        Assert.Empty(findings);
        Assert.Equal(0, report.ExitCode);
        Assert.True(report.Bytes > 1000);
        Assert.Equal(await world.CountBlobsAsync(), report.Blobs);
        Assert.Equal([FsckPhase.Parts, FsckPhase.Blobs, FsckPhase.Blobs], positions.Select(position => position.Phase));
        Assert.Equal(1, positions[^1].Done);
    }

    [Fact]
    public async Task Damage_to_what_rows_refer_to_is_found_and_named()
    {
        await using var world = await FilledAsync();
        var (big, plain) = (await PartOfAsync(world, "big"), await PartOfAsync(world, "plain"));
        world.Memory.MemoryBlobs.DropChunk(big.Part.Blob, 1);
        world.Memory.MemoryBlobs.DropBlob(plain.Part.Blob);
        var (findings, report, _) = await world.SharedFsckAsync();
        Assert.Equal(2, report.Damage);
        Assert.Equal(1, report.ExitCode);
        var damaged = Assert.Single(findings, finding => finding.Kind == FsckFindingKind.DamagedChunk);
        Assert.Equal(("photos", "big", big.Version, big.Part.Blob), (damaged.Bucket, damaged.Key, damaged.Version, damaged.Blob!.Value));
        var dangling = Assert.Single(findings, finding => finding.Kind == FsckFindingKind.DanglingReference);
        Assert.Equal(("photos", "plain", plain.Version, plain.Part.Blob), (dangling.Bucket, dangling.Key, dangling.Version, dangling.Blob!.Value));
    }

    [Fact]
    public async Task A_blob_that_two_keys_refer_to_is_found_with_the_one_that_is_not_its_owner()
    {
        await using var world = await FilledAsync();
        var rows = (await world.Memory.Index.ReadAsync(world.Bucket, new KeyRead(ObjectKey.Parse("plain")), Token))!;
        await CommitAsync(world, "thief", rows.Epoch, writes: [new RowWrite(RowAddress.Head, Guid.NewGuid(), rows.AnyHead!.Record, default)]);
        var (findings, _, _) = await world.SharedFsckAsync();
        var shared = Assert.Single(findings, finding => finding.Kind == FsckFindingKind.SharedBlob);
        Assert.Equal("thief", shared.Key);
    }

    [Fact]
    public async Task An_orphan_is_named_for_the_sweepers_and_they_free_it_and_nothing_else()
    {
        await using var world = await FilledAsync();
        var orphan = world.Memory.MemoryBlobs.AddOrphan(new BlobOwner(world.Bucket, ObjectKey.Parse("lost/key"), null));
        var nobodys = world.Memory.MemoryBlobs.AddOrphan();
        var blobs = await world.CountBlobsAsync();
        var (findings, report, _) = await world.SharedFsckAsync(Repairing);
        Assert.Equal(2, findings.Count);
        Assert.All(findings, finding => Assert.Equal(FsckFindingKind.Orphan, finding.Kind));
        var named = Assert.Single(findings, finding => finding.Blob == orphan);
        Assert.Equal(("photos", "lost/key", true), (named.Bucket, named.Key, named.Repaired));
        Assert.False(Assert.Single(findings, finding => finding.Blob == nobodys).Repaired);
        Assert.Equal((2, 1, 1), (report.Damage, report.Repaired, report.ExitCode));
        Assert.Equal(blobs, await world.CountBlobsAsync());

        await world.SweepAsync();
        Assert.Equal(blobs - 1, await world.CountBlobsAsync());
        (findings, _, _) = await world.SharedFsckAsync();
        Assert.Equal(nobodys, Assert.Single(findings).Blob);
    }

    [Fact]
    public async Task What_the_sweepers_know_of_is_no_orphan()
    {
        await using var world = await FilledAsync();
        await world.DeleteAsync(VersionId.Null, ObjectKey.Parse("plain"));
        var (findings, report, _) = await world.SharedFsckAsync(Repairing);
        Assert.Empty(findings);
        Assert.True(report.Waiting > 0);
    }

    [Fact]
    public async Task Parts_without_their_upload_are_named_and_swept_with_their_blobs()
    {
        await using var world = await FilledAsync();
        var id = await world.InitiateAsync();
        await world.PutPartAsync(id, 1, UploadWorld.Bytes(100));
        await world.SweepAsync();
        var blobs = await world.CountBlobsAsync();
        var rows = (await world.Memory.Index.ReadAsync(world.Bucket, new KeyRead(UploadWorld.Key), Token))!;
        await CommitAsync(world, UploadWorld.Key.ToString(), rows.Epoch, deletes: [new RowAddress(IndexSection.Upload, id.ToBytes())]);
        var (findings, report, _) = await world.SharedFsckAsync(Repairing);
        var lost = Assert.Single(findings);
        Assert.Equal((FsckFindingKind.PartsWithoutUpload, $"upload {id}", true), (lost.Kind, lost.Version, lost.Repaired));
        Assert.Equal(0, report.ExitCode);
        await world.SweepAsync();
        Assert.Equal(blobs - 1, await world.CountBlobsAsync());
        Assert.Empty((await world.SharedFsckAsync()).Findings);
    }

    [Fact]
    public async Task Version_rows_and_heads_that_do_not_belong_together_are_found()
    {
        await using var world = await FilledAsync();
        var rows = (await world.Memory.Index.ReadAsync(world.Bucket, new KeyRead(ObjectKey.Parse("big"), NewestVersions: 1), Token))!;
        var version = rows.Rows.Single(row => row.Address.Section == IndexSection.Version);
        await CommitAsync(world, "big", rows.Epoch, deletes: [version.Address]);
        Assert.Equal("big", Assert.Single((await world.SharedFsckAsync()).Findings, one => one.Kind == FsckFindingKind.MissingVersionRow).Key);

        await CommitAsync(world, "big", rows.Epoch, deletes: [RowAddress.Head], writes: [new RowWrite(version.Address, version.Ver, version.Record, default)]);
        Assert.Equal("big", Assert.Single((await world.SharedFsckAsync()).Findings, one => one.Kind == FsckFindingKind.MissingHead).Key);
    }

    [Fact]
    public async Task Buckets_and_key_spaces_that_lack_each_other_are_found()
    {
        await using var world = await FilledAsync();
        var bucket = (await world.Buckets.CreateAsync("lost", "us-east-1", UploadWorld.Owner, [], Token)).Bucket!;
        await world.Memory.Index.RemoveBucketAsync(bucket.Id, Token);
        var record = (await world.Memory.Catalog.GetAsync(CatalogTable.Bucket, "photos", Token))!;
        await world.Memory.Catalog.WriteAsync(CatalogTable.Bucket, "photos", record.Revision, null, Token);
        var (findings, _, _) = await world.SharedFsckAsync();
        Assert.Equal("lost", Assert.Single(findings, finding => finding.Kind == FsckFindingKind.BucketWithoutIndex).Bucket);
        Assert.Single(findings, finding => finding.Kind == FsckFindingKind.IndexWithoutBucket);
    }

    [Fact]
    public async Task An_unreadable_record_is_found_and_what_it_may_refer_to_is_no_orphan()
    {
        await using var world = await FilledAsync();
        var epoch = (await world.Memory.Index.GetConfigurationAsync(world.Bucket, Token))!.Epoch;
        await CommitAsync(world, "plain", epoch, writes: [new RowWrite(RowAddress.Head, Guid.NewGuid(), "not a record"u8.ToArray(), default)]);
        var (findings, _, _) = await world.SharedFsckAsync(Repairing);
        var finding = Assert.Single(findings);
        Assert.Equal((FsckFindingKind.UnreadableRecord, "plain"), (finding.Kind, finding.Key));
    }

    [Fact]
    public async Task Broken_off_anywhere_it_goes_on_and_finds_the_same()
    {
        await using var world = await UploadWorld.CreateAsync();
        const int Objects = 4_500;
        for (var number = 0; number < Objects; number++)
        {
            await world.PutAsync($"key/{number:D5}", UploadWorld.Bytes(number % 3 == 0 ? 40 : 4));
        }

        foreach (var key in new[] { "key/00300", "key/02400", "key/04200" })
        {
            world.Memory.MemoryBlobs.DropBlob((await PartOfAsync(world, key)).Part.Blob);
        }

        var (all, whole, positions) = await world.SharedFsckAsync();
        Assert.Equal(3, all.Count);
        Assert.True(positions.Count > 4, "Nowhere to go on from.");
        foreach (var position in positions)
        {
            var (rest, report, _) = await world.SharedFsckAsync(from: position);
            Assert.Equal(whole, report);
            Assert.Equal(whole.Damage - position.Report.Damage, rest.Count);
        }
    }

    /// <summary>An inline object, one in a blob from before versioning, a versioned one, an upload; swept clean.</summary>
    private static async Task<UploadWorld> FilledAsync()
    {
        var world = await UploadWorld.CreateAsync();
        await world.PutAsync("inline", UploadWorld.Bytes(10));
        await world.PutAsync("plain", UploadWorld.Bytes(200, 2));
        await world.SetVersioningAsync(VersioningState.Enabled);
        await world.PutAsync("big", UploadWorld.Bytes(300, 3));
        await world.PutAsync("big", UploadWorld.Bytes(900, 4));
        await world.PutAsync("gone", UploadWorld.Bytes(100, 5));
        await world.DeleteAsync(key: ObjectKey.Parse("gone"));
        var going = await world.InitiateAsync();
        await world.PutPartAsync(going, 1, UploadWorld.Bytes(90));
        await world.SweepAsync();
        return world;
    }

    private static async Task<(ObjectPart Part, string Version)> PartOfAsync(UploadWorld world, string key)
    {
        var found = await world.Reader.FindAsync(world.Bucket, ObjectKey.Parse(key), null, withBody: false, Token);
        return ((await world.Reader.PartsAsync(found.Object, Token))[0], found.Object.VersionId.ToString());
    }

    private static async Task CommitAsync(
        UploadWorld world, string key, int epoch, IReadOnlyList<RowWrite>? writes = null, IReadOnlyList<RowAddress>? deletes = null)
    {
        var commit = new IndexCommit
        {
            Bucket = world.Bucket,
            Key = ObjectKey.Parse(key),
            Epoch = epoch,
            Started = world.Time.GetUtcNow(),
            Writes = writes ?? [],
            Deletes = deletes ?? [],
        };
        Assert.Equal(CommitOutcome.Applied, (await world.Memory.Index.CommitAsync(commit, Token)).Outcome);
    }
}
