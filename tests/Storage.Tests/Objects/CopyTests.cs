using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.Storage.Tests.Objects;

/// <summary>Copies hold memory of the chunk pool for what they read and for what they write.</summary>
public class CopyTests
{
    private const int ChunkSize = 64 * 1024;

    /// <summary>Were each to hold what it can, four would have the pool between them, and each would wait for the others.</summary>
    [Fact(Timeout = 120_000)]
    public async Task Many_copies_at_once_end_whatever_the_pool()
    {
        var token = TestContext.Current.CancellationToken;
        await using var world = await ObjectWorld.CreateAsync(chunkSize: ChunkSize, chunkPool: 8);
        var bytes = new byte[(3 * 1024 * 1024) + 5];
        new Random(1).NextBytes(bytes);
        await world.PutAsync("source", bytes);

        // Offsets that are no chunk's begin: what is read and what is written never fit.
        await Task.WhenAll(Enumerable.Range(1, 24).Select(number => Task.Run(() => CopyAsync(world, number, token), token)));
        for (var number = 1; number <= 24; number++)
        {
            Assert.Equal(bytes[(number * 100)..], await world.ReadAsync($"copy/{number}"));
        }

        Assert.Equal(0, world.Store.MemoryBlobs.RentedChunks);
    }

    [Fact]
    public async Task A_copy_given_up_leaves_its_slot_to_the_next()
    {
        var token = TestContext.Current.CancellationToken;
        await using var world = await ObjectWorld.CreateAsync(chunkSize: ChunkSize, chunkPool: 8);
        await world.PutAsync("source", new byte[3 * ChunkSize]);
        var found = await world.FindAsync("source");
        var first = await world.Reader.OpenForCopyAsync(found, null, 0, 3 * ChunkSize, token);
        var second = world.Reader.OpenForCopyAsync(found, null, 0, 3 * ChunkSize, token);
        Assert.False(second.IsCompleted);
        await first!.DisposeAsync();
        await using var opened = await second;
        Assert.NotNull(opened);
    }

    private static async Task CopyAsync(ObjectWorld world, int number, CancellationToken token)
    {
        var found = await world.FindAsync("source");
        var (offset, count) = (number * 100, found.Object.Size - (number * 100));
        await using var open = await world.Reader.OpenForCopyAsync(found, null, offset, count, token);
        await using var body = open!.AsBody(count, null);
        var command = new PutObjectCommand { Bucket = world.Bucket, Key = ObjectKey.Parse($"copy/{number}"), Owner = ObjectWorld.Owner };
        Assert.Equal(WriteStatus.Done, (await world.Writer.PutAsync(command, body, token)).Status);
    }
}
