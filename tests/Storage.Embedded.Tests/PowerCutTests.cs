using System.Collections.Concurrent;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Embedded.Tests;

/// <summary>The file system stops as in a power cut while objects are stored: what was acknowledged is there afterwards, nothing is torn.</summary>
[Collection(MountCollection.Name)]
public sealed class PowerCutTests
{
    private readonly BucketId _bucket = BucketId.New();

    [Theory]
    [InlineData(1, DirectIoMode.Auto)]
    [InlineData(40, DirectIoMode.Auto)]
    [InlineData(300, DirectIoMode.Auto)]
    [InlineData(40, DirectIoMode.Off)]
    public async Task What_was_acknowledged_is_there_after_a_power_cut(int acknowledgements, DirectIoMode direct)
    {
        await using var disk = await LoopMount.CreateAsync(64);
        var acknowledged = new ConcurrentQueue<string>();
        var store = Open(disk, direct);
        var objects = await StoredObjects.CreateAsync(store, _bucket);
        var workers = Enumerable.Range(0, 4).Select(worker => Task.Run(() => StoreUntilItFailsAsync(objects, worker, acknowledged))).ToArray();
        while (acknowledged.Count < acknowledgements)
        {
            await Task.Yield();
        }

        // Nobody hears an answer of a machine without power. (Here one may come: fsync that began before the file system went may end well.)
        string[] promised = [.. acknowledged];
        disk.CutPower();
        await Task.WhenAll(workers);
        await CloseAsync(store);
        await disk.RemountAsync();

        await using var again = Open(disk);
        var kept = new StoredObjects(again, _bucket);
        foreach (var key in promised)
        {
            Assert.True(await kept.ReadAsync(key), key);
        }

        Assert.DoesNotContain(await again.CheckAsync(), finding => finding.IsDamage);
        var suspects = (await kept.SuspectsAsync()).Select(suspect => suspect.Blob).ToHashSet();
        var referenced = await kept.ReferencedAsync();
        await foreach (var blob in again.Blobs.ListAsync(TestContext.Current.CancellationToken))
        {
            Assert.True(referenced.Contains(blob) || suspects.Contains(blob), $"Nobody knows of {blob}.");
        }
    }

    [Fact]
    public async Task Once_a_write_failed_nothing_is_acknowledged_and_reads_go_on()
    {
        await using var disk = await LoopMount.CreateAsync(64);
        var store = Open(disk);
        var objects = await StoredObjects.CreateAsync(store, _bucket);
        await objects.PutInlineAsync("a");
        Assert.True(await objects.ReadAsync("a"));
        disk.CutPower();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => objects.PutInlineAsync("b"));
        Assert.NotNull(store.Failure);
        foreach (var put in new Func<string, Task>[] { objects.PutInlineAsync, objects.PutBlobAsync })
        {
            var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => put("c"));
            Assert.Contains("restart", refusal.Message, StringComparison.Ordinal);
        }

        await CloseAsync(store);
        await disk.RemountAsync();
        await using var again = Open(disk);
        Assert.Null(again.Failure);
        Assert.True(await new StoredObjects(again, _bucket).ReadAsync("a"));
    }

    private static EmbeddedStore Open(LoopMount disk, DirectIoMode direct = DirectIoMode.Auto) => EmbeddedStore.Open(new EmbeddedStoreOptions
    {
        Directory = Path.Combine(disk.Path, "data"),
        ChunkSize = StoredObjects.ChunkSize,
        DirectIo = direct,
        ReservedBytes = 0,
        CheckpointBytes = 256 * 1024,
    });

    private static async Task StoreUntilItFailsAsync(StoredObjects objects, int worker, ConcurrentQueue<string> acknowledged)
    {
        try
        {
            for (var i = 0; ; i++)
            {
                var key = $"{worker}/{i}";
                await (i % 3 == 0 ? objects.PutBlobAsync(key) : objects.PutInlineAsync(key));
                acknowledged.Enqueue(key);
            }
        }
        catch (Exception e) when (e is StoreUnavailableException or CorruptDataException)
        {
            // The power is gone; a full disk would be one too, but 64 MiB last for longer than the test.
            Assert.IsNotType<StoreFullException>(e);
        }
    }

    /// <summary>The process of a store without power ends somehow; here its files must be closed so that the disk can be unmounted.</summary>
    private static async Task CloseAsync(EmbeddedStore store)
    {
        try
        {
            await store.DisposeAsync();
        }
        catch (StoreUnavailableException)
        {
            // As expected of a broken disk.
        }
    }
}
