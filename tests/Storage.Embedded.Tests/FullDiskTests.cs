using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Embedded.Tests;

/// <summary>A full device refuses what needs room, keeps what it has, lets itself be emptied, and recovers.</summary>
[Collection(MountCollection.Name)]
public sealed class FullDiskTests
{
    private readonly BucketId _bucket = BucketId.New();

    [Fact]
    public async Task Writes_are_refused_reads_and_deletes_go_on_and_freed_space_is_used()
    {
        await using var disk = await LoopMount.CreateAsync(64);
        await using (var store = Open(disk, reserved: 4 << 20))
        {
            var objects = await StoredObjects.CreateAsync(store, _bucket);
            var (blobs, inlines) = (await FillAsync(objects.PutBlobAsync, "blob"), await FillAsync(objects.PutInlineAsync, "inline"));
            Assert.True(blobs > 100);
            await ReadAllAsync(objects, blobs, inlines);
            Assert.Null(store.Failure);

            for (var i = 0; i < blobs; i += 2)
            {
                await objects.DeleteAsync($"blob/{i}");
                Assert.False(await objects.ReadAsync($"blob/{i}"));
            }

            await FreeAsync(objects);
            await UntilTakenAsync(() => objects.PutBlobAsync("again"));
            await objects.PutInlineAsync("again/inline");
            Assert.True(await objects.ReadAsync("again"));
        }

        await using var reopened = Open(disk, reserved: 0);
        Assert.True(await new StoredObjects(reopened, _bucket).ReadAsync("again"));
        Assert.True(await new StoredObjects(reopened, _bucket).ReadAsync("blob/1"));
        Assert.Empty(await reopened.CheckAsync());
    }

    /// <summary>Without a reserve: SQLite and the file system themselves meet the end of the device.</summary>
    [Fact]
    public async Task The_very_last_byte_is_an_error_that_passes()
    {
        await using var disk = await LoopMount.CreateAsync(64);
        await using var store = Open(disk, reserved: 0);
        var objects = await StoredObjects.CreateAsync(store, _bucket);
        await objects.PutInlineAsync("first");
        var ballast = Path.Combine(disk.Path, "ballast");
        FillUp(ballast);

        var inlines = await FillAsync(objects.PutInlineAsync, "inline");
        await Assert.ThrowsAsync<StoreFullException>(() => objects.PutBlobAsync("blob"));
        Assert.Null(store.Failure);
        await ReadAllAsync(objects, 0, inlines);
        Assert.True(await objects.ReadAsync("first"));
        Assert.False(await objects.ReadAsync($"inline/{inlines}"));
        Assert.False(await objects.ReadAsync("blob"));

        File.Delete(ballast);
        await UntilTakenAsync(() => objects.PutBlobAsync("blob"));
        await objects.PutInlineAsync("last");
        Assert.True(await objects.ReadAsync("blob"));
        Assert.True(await objects.ReadAsync("last"));
        Assert.Empty(await store.CheckAsync());
        Assert.Single(await objects.SuspectsAsync());
    }

    private static EmbeddedStore Open(LoopMount disk, long reserved) => EmbeddedStore.Open(new EmbeddedStoreOptions
    {
        Directory = Path.Combine(disk.Path, "data"),
        ChunkSize = StoredObjects.ChunkSize,
        ReservedBytes = reserved,
        CheckpointBytes = 1 << 20,
    });

    /// <summary>Puts objects until one is refused; how many were taken.</summary>
    private static async Task<int> FillAsync(Func<string, Task> put, string name)
    {
        for (var i = 0; i < 100_000; i++)
        {
            try
            {
                await put($"{name}/{i}");
            }
            catch (StoreFullException)
            {
                return i;
            }
        }

        Assert.Fail("The disk was never full.");
        return 0;
    }

    private static async Task ReadAllAsync(StoredObjects objects, int blobs, int inlines)
    {
        for (var i = 0; i < blobs; i++)
        {
            Assert.True(await objects.ReadAsync($"blob/{i}"));
        }

        for (var i = 0; i < inlines; i++)
        {
            Assert.True(await objects.ReadAsync($"inline/{i}"));
        }
    }

    /// <summary>What a sweeper does.</summary>
    private static async Task FreeAsync(StoredObjects objects)
    {
        var referenced = await objects.ReferencedAsync();
        foreach (var suspect in await objects.SuspectsAsync())
        {
            if (!referenced.Contains(suspect.Blob))
            {
                Assert.True(await objects.Store.Blobs.DeleteAsync(suspect.Blob, TestContext.Current.CancellationToken));
                await objects.Store.Blobs.ClearAsync(suspect, TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>Free space is asked for now and then only, so the first tries may still be refused.</summary>
    private static async Task UntilTakenAsync(Func<Task> put)
    {
        while (true)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            try
            {
                await put();
                return;
            }
            catch (StoreFullException)
            {
                await Task.Yield();
            }
        }
    }

    private static void FillUp(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1);
        foreach (var size in new[] { 1 << 20, 4096, 1 })
        {
            try
            {
                for (var block = new byte[size]; ; file.Flush(flushToDisk: size > 1))
                {
                    file.Write(block);
                }
            }
            catch (IOException)
            {
                // Full for blocks of this size.
            }
        }
    }
}
