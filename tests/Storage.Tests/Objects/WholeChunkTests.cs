using System.IO.Pipelines;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.Storage.Tests.Objects;

/// <summary>Chunks that are handed to a response at once: to few, and none that is kept for the end of an object.</summary>
public class WholeChunkTests
{
    private const int ChunkSize = 4 * OpenObject.PieceBytes;
    private const int Size = (3 * ChunkSize) - 7;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task A_sixteenth_of_the_pool_may_lie_with_slow_clients_and_all_get_every_byte()
    {
        const int readers = 10;
        var token = TestContext.Current.CancellationToken;
        await using var world = await ObjectWorld.CreateAsync(chunkSize: ChunkSize, chunkPool: 32);
        var body = await PutAsync(world);
        var slow = Enumerable.Range(0, readers).Select(_ => new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1, useSynchronizationContext: false))).ToList();
        var copying = slow.Select(pipe => CopyAsync(world, pipe.Writer)).ToList();
        var waiting = slow.Select(pipe =>
        {
            Assert.True(pipe.Reader.TryRead(out var read));
            pipe.Reader.AdvanceTo(read.Buffer.Start);
            return read.Buffer.Length;
        });
        Assert.Equal([ChunkSize, ChunkSize, .. Enumerable.Repeat((long)OpenObject.PieceBytes, readers - 2)], waiting.OrderDescending());

        foreach (var (pipe, copy) in slow.Zip(copying))
        {
            using var received = new MemoryStream();
            await pipe.Reader.CopyToAsync(received, token);
            await copy;
            Assert.True(body.AsSpan().SequenceEqual(received.ToArray()));
        }
    }

    [Theory(Timeout = 120_000)]
    [InlineData(Size)]
    [InlineData(ChunkSize)]
    [InlineData(ChunkSize + 100)]
    [InlineData(OpenObject.EndBytes + 1)]
    [InlineData(2000)]
    public async Task A_client_that_leaves_the_end_unread_keeps_no_whole_chunk(int size)
    {
        const int left = 1000;
        var token = TestContext.Current.CancellationToken;
        await using var world = await ObjectWorld.CreateAsync(chunkSize: ChunkSize, chunkPool: 32);
        var body = await PutAsync(world);
        using var memory = new CountingMemoryPool();
        var pipe = new Pipe(new PipeOptions(memory, pauseWriterThreshold: 2 * OpenObject.EndBytes, resumeWriterThreshold: OpenObject.EndBytes, useSynchronizationContext: false));
        await using var open = (await world.Reader.OpenAsync(await world.FindAsync("k"), null, 0, size, token))!;
        var copying = open.CopyToAsync(pipe.Writer, token).AsTask();
        using var received = new MemoryStream();
        while (received.Length < size - left)
        {
            var read = await pipe.Reader.ReadAsync(token);
            var taken = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, size - left - received.Length));
            foreach (var part in taken)
            {
                received.Write(part.Span);
            }

            pipe.Reader.AdvanceTo(taken.End);
        }

        await copying;
        Assert.InRange(memory.Lent, left, 2 * OpenObject.EndBytes);
        await pipe.Writer.CompleteAsync();
        await pipe.Reader.CopyToAsync(received, token);
        Assert.True(body.AsSpan(0, size).SequenceEqual(received.ToArray()));
    }

    private static async Task<byte[]> PutAsync(ObjectWorld world)
    {
        var body = new byte[Size];
        new Random(1).NextBytes(body);
        await world.PutAsync("k", body);
        return body;
    }

    private static async Task CopyAsync(ObjectWorld world, PipeWriter writer)
    {
        await using var open = (await world.Reader.OpenAsync(await world.FindAsync("k"), null, 0, Size, Token))!;
        await open.CopyToAsync(writer, Token);
        await writer.CompleteAsync();
    }
}
