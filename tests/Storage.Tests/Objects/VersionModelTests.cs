using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Objects;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.Storage.Tests.Objects;

/// <summary>Random puts, deletes, deletes of versions, tags and changes of versioning, against the model; the rows are looked at after each.</summary>
public class VersionModelTests
{
    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task The_store_agrees_with_the_model(int seed)
    {
        var random = new Random(seed);
        await using var world = await ObjectWorld.CreateAsync();
        var model = new VersionModel();
        var state = VersioningState.Unversioned;
        for (var step = 0; step < 60; step++)
        {
            switch (random.Next(10))
            {
                case 0:
                    state = random.Next(2) == 0 ? VersioningState.Enabled : VersioningState.Suspended;
                    await world.SetVersioningAsync(state);
                    break;
                case <= 4:
                    var bytes = RandomBytes(random);
                    var put = await world.PutAsync("k", bytes);
                    Assert.Equal(WriteStatus.Done, put.Status);
                    model.Put(state, put.Version!.VersionId, bytes);
                    break;
                case 5:
                    var deleted = await world.DeleteAsync("k");
                    Assert.Equal(WriteStatus.Done, deleted.Status);
                    Assert.Equal(state != VersioningState.Unversioned, deleted.Versioned);
                    model.Put(state, deleted.Version?.VersionId ?? VersionId.Null, null);
                    break;
                case 6 when model.Versions.Count > 0:
                    await TagAsync(world, model.Versions[random.Next(model.Versions.Count)].Id);
                    break;
                default:
                    var id = model.Versions.Count > 0 && random.Next(5) > 0 ? model.Versions[random.Next(model.Versions.Count)].Id
                        : random.Next(2) == 0 ? VersionId.Null : VersionId.New(12345);
                    Assert.Equal(WriteStatus.Done, (await world.DeleteAsync("k", id)).Status);
                    model.Remove(id);
                    break;
            }

            await AssertAgreesAsync(world, model, state);
            world.Time.Advance(TimeSpan.FromMilliseconds(random.Next(-1, 3)));
        }
    }

    private static byte[] RandomBytes(Random random)
    {
        var bytes = new byte[random.Next(100)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static async Task TagAsync(ObjectWorld world, VersionId id)
    {
        var before = await world.FindAsync("k", id);
        var outcome = await world.Tagging.SetAsync(world.Bucket, ObjectKey.Parse("k"), id, [new ObjectTag("tag", "1")], default);
        if (before.Status == LookupStatus.DeleteMarker)
        {
            Assert.Equal(WriteStatus.NotFound, outcome.Status);
            return;
        }

        var after = await world.FindAsync("k", id);
        Assert.Equal([new ObjectTag("tag", "1")], after.Object.Tags);
        Assert.Equal(before.Object.LastModified, after.Object.LastModified);
        Assert.Equal(before.Object.ETag, after.Object.ETag);
    }

    private static async Task AssertAgreesAsync(ObjectWorld world, VersionModel model, VersioningState state)
    {
        var current = await world.FindAsync("k");
        Assert.Equal(
            model.Versions is [] ? LookupStatus.NotFound : model.Versions[0].Bytes is null ? LookupStatus.DeleteMarker : LookupStatus.Found,
            current.Status);
        Assert.Equal(state != VersioningState.Unversioned, current.Versioned);
        Assert.Equal(model.Versions is [] ? null : model.Versions[0].Bytes, await world.ReadAsync("k"));
        foreach (var (id, bytes) in model.Versions)
        {
            Assert.Equal(bytes is null ? LookupStatus.DeleteMarker : LookupStatus.Found, (await world.FindAsync("k", id)).Status);
            Assert.Equal(bytes, await world.ReadAsync("k", id));
        }

        Assert.Equal(LookupStatus.NoSuchVersion, (await world.FindAsync("k", VersionId.New(777))).Status);
        if (!model.Versions.Exists(version => version.Id.IsNull))
        {
            Assert.Equal(LookupStatus.NoSuchVersion, (await world.FindAsync("k", VersionId.Null)).Status);
        }

        await AssertRowsAsync(world, model);
    }

    private static async Task AssertRowsAsync(ObjectWorld world, VersionModel model)
    {
        var heads = await world.RowsAsync(IndexSection.Head);
        var hidden = await world.RowsAsync(IndexSection.HiddenHead);
        var versions = await world.RowsAsync(IndexSection.Version);
        Assert.Equal(model.Versions.Count > 0 ? 1 : 0, heads.Count + hidden.Count);
        if (heads.Concat(hidden).SingleOrDefault().Record is { HasVersionRows: true })
        {
            // The version rows, as a listing walks them, are the model's versions, newest first.
            Assert.Equal(model.Versions.Select(version => version.Id), versions.Select(row => row.Record.VersionId));
        }
        else
        {
            Assert.Empty(versions);
        }

        var referred = heads.Concat(versions).SelectMany(row => row.Record.Parts).Select(part => part.Blob).ToHashSet();
        var released = (await world.SuspectsAsync(SuspectKind.Released)).Select(suspect => suspect.Blob).ToHashSet();
        Assert.Empty(referred.Intersect(released));
        Assert.Equal((await world.BlobsAsync()).ToHashSet(), referred.Union(released).ToHashSet());
    }
}
