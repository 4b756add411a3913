using System.IO.Pipelines;
using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Contract.InMemory;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.Storage.Tests.Objects;

/// <summary>Slow clients do not keep the memory that others wait for.</summary>
public class ChunkLendingTests
{
    private const int ChunkSize = 64;

    [Fact(Timeout = 120_000)]
    public async Task However_many_readers_are_slow_others_read_and_write()
    {
        var token = TestContext.Current.CancellationToken;
        await using var world = await ObjectWorld.CreateAsync(chunkPool: 8);
        await world.PutAsync("k", new byte[10 * ObjectWorld.ChunkSize]);
        List<OpenObject> open = [];
        List<Task> slow = [];
        for (var reader = 0; reader < 30; reader++)
        {
            var opened = (await world.Reader.OpenAsync(await world.FindAsync("k"), null, 0, 10 * ObjectWorld.ChunkSize, token))!;
            open.Add(opened);
            slow.Add(opened.CopyToAsync(new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1)).Writer, token).AsTask());
        }

        Assert.All(slow, copying => Assert.False(copying.IsCompleted));
        Assert.True(world.Store.MemoryBlobs.RentedChunks <= 2, $"{world.Store.MemoryBlobs.RentedChunks} of 8 chunks are held.");
        await world.PutAsync("other", new byte[10 * ObjectWorld.ChunkSize]);
        Assert.Equal(10 * ObjectWorld.ChunkSize, (await world.ReadAsync("other"))!.Length);
        foreach (var opened in open)
        {
            await opened.DisposeAsync();
        }

        Assert.Equal(0, world.Store.MemoryBlobs.RentedChunks);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_slow_reader_holds_one_piece_and_gets_every_byte_though_its_chunk_went_to_others()
    {
        const int size = 10 * OpenObject.PieceBytes;
        var token = TestContext.Current.CancellationToken;
        await using var world = await ObjectWorld.CreateAsync(chunkSize: 4 * OpenObject.PieceBytes, chunkPool: 8);
        var body = new byte[size];
        new Random(1).NextBytes(body);
        await world.PutAsync("k", body);
        List<(Pipe Pipe, Task Copying)> slow = [];
        for (var reader = 0; reader < 30; reader++)
        {
            var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1, useSynchronizationContext: false));
            slow.Add((pipe, CopyAsync(world, size, pipe.Writer)));
        }

        // An eighth of the pool may stay with slow readers.
        Assert.Equal(1, world.Store.MemoryBlobs.RentedChunks);
        foreach (var (pipe, _) in slow)
        {
            Assert.True(pipe.Reader.TryRead(out var waiting));
            Assert.Equal(OpenObject.PieceBytes, waiting.Buffer.Length);
            pipe.Reader.AdvanceTo(waiting.Buffer.Start);
        }

        foreach (var (pipe, copying) in slow)
        {
            using var received = new MemoryStream();
            await pipe.Reader.CopyToAsync(received, token);
            await copying;
            Assert.True(body.AsSpan().SequenceEqual(received.ToArray()));
        }

        Assert.Equal(0, world.Store.MemoryBlobs.RentedChunks);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_chunk_that_waits_for_a_slow_reader_goes_to_whoever_waits_for_memory()
    {
        var token = TestContext.Current.CancellationToken;
        await using var store = new InMemoryStore(new ManualTime(), ChunkSize, chunkPool: 16);
        var lending = new ChunkLending(store.Blobs, TimeProvider.System);
        using var first = new ReadChunk(default, await lending.RentAsync(ChunkSize, token));
        using var second = new ReadChunk(default, await lending.RentAsync(ChunkSize, token));
        using var third = new ReadChunk(default, await lending.RentAsync(ChunkSize, token));
        lending.BeginHolding(first);
        lending.BeginHolding(second);
        lending.BeginHolding(third);
        Assert.Equal([false, true, true], [first.IsHeld, second.IsHeld, third.IsHeld]);

        // Its client takes more: from now on nobody takes it away.
        lending.EndHolding(second);
        while (store.MemoryBlobs.RentedChunks < 16)
        {
            await lending.RentAsync(ChunkSize, token);
        }

        using var given = await lending.RentAsync(ChunkSize, token);
        Assert.Equal([true, false], [second.IsHeld, third.IsHeld]);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_slow_sender_gives_way_when_others_wait_for_memory()
    {
        var token = TestContext.Current.CancellationToken;
        var time = new ManualTime();
        await using var store = new InMemoryStore(time, ChunkSize, chunkPool: 2);
        var storer = new BodyStorer(store.Blobs, time, inlineThreshold: 0);
        var owner = new BlobOwner(BucketId.New(), ObjectKey.Parse("k"), null);
        var clients = new[] { new SlowBody(), new SlowBody() };
        var slow = clients.Select(client => storer.StoreAsync(client, owner, null, allowInline: false, token).AsTask()).ToArray();
        foreach (var client in clients)
        {
            await client.Writer.WriteAsync(new byte[10], token);
            await client.Taken.WaitAsync(token);
        }

        Assert.Equal(2, store.MemoryBlobs.RentedChunks);
        time.Advance(ChunkLending.FillTime);
        await using (var stored = await storer.StoreAsync(new TestBody(new byte[50]), owner, null, allowInline: false, token))
        {
            Assert.Equal(StoredBodyStatus.Stored, stored.Status);
        }

        // The one that filled its chunk longest; the other goes on.
        await Assert.ThrowsAsync<StoreBusyException>(() => slow[0]);
        Assert.False(slow[1].IsCompleted);
        await clients[1].Writer.CompleteAsync();
        await using var ended = await slow[1];
        Assert.Equal(10, ended.Digests!.Length);
        Assert.Equal(0, store.MemoryBlobs.RentedChunks);
    }

    private static async Task CopyAsync(ObjectWorld world, int size, PipeWriter writer)
    {
        var token = TestContext.Current.CancellationToken;
        await using var open = (await world.Reader.OpenAsync(await world.FindAsync("k"), null, 0, size, token))!;
        await open.CopyToAsync(writer, token);
        await writer.CompleteAsync();
    }
}
