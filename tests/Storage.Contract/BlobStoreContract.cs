using System.IO.Hashing;
using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Contract;

/// <summary>What every <see cref="IBlobStore"/> keeps.</summary>
public abstract class BlobStoreContract : StoreContract
{
    private static readonly BlobOwner Owner = new(BucketId.New(), ObjectKey.Parse("a/ä/b"), new UploadId(77));

    private IBlobStore Blobs => Store.Blobs;

    [Fact]
    public async Task Chunks_of_any_length_come_back_in_any_order()
    {
        var size = Blobs.ChunkSize;
        int[] lengths = [size, size, size, 1];
        foreach (var last in new[] { 0, 1, 4095, 4096, 4097, size - 1, size })
        {
            lengths[^1] = last;
            var (blob, chunks) = await WriteAsync(lengths, reverse: true);
            for (var number = lengths.Length - 1; number >= 0; number--)
            {
                Assert.Equal(chunks[number], await ReadAsync(blob, number));
            }
        }
    }

    [Fact]
    public async Task Many_chunks_may_be_in_flight()
    {
        var (blob, chunks) = await WriteAsync([.. Enumerable.Repeat(Blobs.ChunkSize, 31), 5], inFlight: true);
        var read = await Task.WhenAll(Enumerable.Range(0, 32).Select(number => Task.Run(() => ReadAsync(blob, number))));
        Assert.Equal(chunks, read);
    }

    [Fact]
    public async Task What_is_not_there_is_an_error_never_empty()
    {
        var (blob, _) = await WriteAsync([Blobs.ChunkSize, 10]);
        await Assert.ThrowsAsync<CorruptDataException>(() => ReadAsync(blob, 2));
        await Assert.ThrowsAsync<CorruptDataException>(() => ReadAsync(BlobId.New(), 0));
        await Assert.ThrowsAsync<CorruptDataException>(() => ReadAsync(new BlobId(Guid.CreateVersion7(Clock.Now)), 0));
    }

    [Fact]
    public async Task Bytes_that_are_not_what_the_checksum_says_are_never_returned()
    {
        await using var writer = await Blobs.CreateAsync(Owner, Token);
        using var buffer = await Blobs.RentChunkAsync(Blobs.ChunkSize, Token);
        buffer.Memory.Span.Fill(1);
        await writer.WriteAsync(0, buffer, 100, SumOf(buffer.Memory.Span[..100]) ^ 1, Token);
        await writer.CompleteAsync(Token);
        await Assert.ThrowsAsync<CorruptDataException>(() => ReadAsync(writer.Id, 0));
    }

    [Fact]
    public async Task A_writer_that_ends_early_leaves_nothing()
    {
        await using (var writer = await Blobs.CreateAsync(Owner, Token))
        {
            await WriteChunkAsync(writer, 0, new byte[100]);
            Assert.Empty(await SuspectsAsync());
        }

        await using (await Blobs.CreateAsync(Owner, Token))
        {
        }

        Assert.Empty(await SuspectsAsync());
        Assert.Empty(await Blobs.ListAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task A_new_blob_is_a_suspect_with_its_owner_once_its_writer_is_gone()
    {
        var began = Clock.Now;
        await using (var writer = await Blobs.CreateAsync(Owner, Token))
        {
            await WriteChunkAsync(writer, 0, new byte[100]);
            await writer.CompleteAsync(Token);
            Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Empty(await SuspectsAsync());
        }

        var suspect = Assert.Single(await SuspectsAsync());
        Assert.Equal((SuspectKind.Written, Owner, began), (suspect.Kind, suspect.Owner, suspect.Since));
        Assert.Empty(await SuspectsAsync(began));
        Assert.Single(await SuspectsAsync(began.AddMilliseconds(1)));

        // And is known when nobody suspects the blob any more.
        await Blobs.ClearAsync(suspect, Token);
        Assert.Empty(await SuspectsAsync());
        Assert.Equal(Owner, await Blobs.OwnerAsync(suspect.Blob, Token));
        Assert.Null(await Blobs.OwnerAsync(new BlobId(Guid.CreateVersion7()), Token));
    }

    [Fact]
    public async Task Suspects_come_oldest_first_whatever_their_kind()
    {
        var bucket = await NewBucketAsync();
        var expected = new List<(SuspectKind Kind, BlobId Blob)>();
        for (var i = 0; i < 6; i++)
        {
            Clock.Advance(TimeSpan.FromMinutes(29));
            var (blob, _) = await WriteAsync([10]);
            expected.Add((SuspectKind.Written, blob));
            Clock.Advance(TimeSpan.FromSeconds(1));
            await Index.CommitAsync(Commit(bucket, Key("k"), releases: [blob]), Token);
            expected.Add((SuspectKind.Released, blob));
        }

        Assert.Equal(expected, (await SuspectsAsync()).Select(suspect => (suspect.Kind, suspect.Blob)));
        Assert.Equal(expected[..^1], (await SuspectsAsync(Clock.Now)).Select(suspect => (suspect.Kind, suspect.Blob)));
    }

    [Fact]
    public async Task A_mark_is_remembered_and_a_cleared_suspect_is_not_looked_at_again()
    {
        var bucket = await NewBucketAsync();
        var (blob, chunks) = await WriteAsync([10]);
        var upload = UploadId.New(Clock.Now);
        await Index.CommitAsync(Commit(bucket, Key("k"), releases: [blob], ends: upload), Token);
        Assert.Equal(3, (await SuspectsAsync()).Count);

        Clock.Advance(TimeSpan.FromHours(1));
        foreach (var suspect in await SuspectsAsync())
        {
            Assert.Null(suspect.UnreferencedSince);
            await Blobs.MarkUnreferencedAsync(suspect, Clock.Now, Token);
        }

        Assert.All(await SuspectsAsync(), suspect => Assert.Equal(Clock.Now, suspect.UnreferencedSince));
        foreach (var suspect in await SuspectsAsync())
        {
            await Blobs.ClearAsync(suspect, Token);
            Assert.DoesNotContain(suspect, await SuspectsAsync());
            await Blobs.ClearAsync(suspect, Token);
        }

        Assert.Empty(await SuspectsAsync());
        Assert.Equal(chunks[0], await ReadAsync(blob, 0));
        Assert.Equal([blob], await Blobs.ListAsync(Token).ToListAsync(Token));
        await Index.CommitAsync(Commit(bucket, Key("k"), releases: [blob]), Token);
        Assert.Null(Assert.Single(await SuspectsAsync()).UnreferencedSince);
    }

    [Fact]
    public async Task Deleting_frees_a_blob_cleared_or_not_and_may_be_repeated()
    {
        var (first, _) = await WriteAsync([10]);
        var (second, chunks) = await WriteAsync([10]);
        var (third, _) = await WriteAsync([10]);
        await Blobs.ClearAsync((await SuspectsAsync()).Single(suspect => suspect.Blob == third), Token);
        foreach (var blob in new[] { first, third })
        {
            Assert.True(await Blobs.DeleteAsync(blob, Token));
            Assert.True(await Blobs.DeleteAsync(blob, Token));
            await Assert.ThrowsAsync<CorruptDataException>(() => ReadAsync(blob, 0));
        }

        Assert.Equal([second], await Blobs.ListAsync(Token).ToListAsync(Token));
        Assert.Equal(second, Assert.Single(await SuspectsAsync()).Blob);
        Assert.Equal(chunks[0], await ReadAsync(second, 0));
    }

    [Fact]
    public async Task A_pinned_blob_is_not_deleted_and_stays_a_suspect()
    {
        var (blob, chunks) = await WriteAsync([10]);
        var first = await Blobs.PinAsync(blob, Token);
        using (var second = await Blobs.PinAsync(blob, Token))
        {
            Assert.True(second.IsFresh);
            first.Dispose();
            first.Dispose();
            Assert.False(await Blobs.DeleteAsync(blob, Token));
            Assert.Equal(chunks[0], await ReadAsync(blob, 0));
            Assert.Single(await SuspectsAsync());
        }

        Assert.True(await Blobs.DeleteAsync(blob, Token));
        Assert.Empty(await SuspectsAsync());
    }

    [Fact]
    public async Task A_blob_with_a_live_writer_is_not_deleted()
    {
        await using var writer = await Blobs.CreateAsync(Owner, Token);
        await WriteChunkAsync(writer, 0, new byte[10]);
        await writer.CompleteAsync(Token);
        Assert.False(await Blobs.DeleteAsync(writer.Id, Token));
        Assert.Equal(new byte[10], await ReadAsync(writer.Id, 0));
        await writer.DisposeAsync();
        Assert.True(await Blobs.DeleteAsync(writer.Id, Token));
    }

    [Fact]
    public async Task A_buffer_takes_one_chunk_after_the_other()
    {
        var (blob, chunks) = await WriteAsync([Blobs.ChunkSize, Blobs.ChunkSize, 10]);
        using var buffer = await Blobs.RentChunkAsync(Blobs.ChunkSize, Token);
        foreach (var number in new[] { 2, 0, 1, 2 })
        {
            var length = await Blobs.ReadAsync(blob, Blobs.ChunkSize, number, buffer, Token);
            Assert.Equal(chunks[number], buffer.Memory[..length].ToArray());
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_exhausted_pool_makes_the_next_wait_until_one_is_given_back(bool isRead)
    {
        var (blob, chunks) = await WriteAsync([10]);
        var rented = new List<ChunkBuffer>();
        ValueTask<ChunkBuffer> waiting;
        while ((waiting = Blobs.RentChunkAsync(Blobs.ChunkSize, Token)).IsCompleted)
        {
            rented.Add(await waiting);
            Assert.InRange(rented.Count, 1, 1000);
            if (isRead)
            {
                Assert.Equal(10, await Blobs.ReadAsync(blob, Blobs.ChunkSize, 0, rented[^1], Token));
            }
        }

        var wait = waiting.AsTask();
        using var given = new CancellationTokenSource();
        var cancelled = Blobs.RentChunkAsync(Blobs.ChunkSize, given.Token).AsTask();
        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.False(wait.IsCompleted);
        rented[0].Dispose();
        rented[0].Dispose();
        using var served = await wait;
        Assert.Equal(Blobs.ChunkSize, served.Memory.Length);
        Assert.Throws<ObjectDisposedException>(() => rented[0].Memory);
        Assert.All(rented.Skip(isRead ? 1 : rented.Count), buffer => Assert.Equal(chunks[0], buffer.Memory[..10].ToArray()));
        rented.ForEach(buffer => buffer.Dispose());
    }

    private static ulong SumOf(ReadOnlySpan<byte> bytes) => Crc64.HashToUInt64(Crc64ParameterSet.Nvme, bytes);

    private async Task<(BlobId Blob, byte[][] Chunks)> WriteAsync(int[] lengths, bool reverse = false, bool inFlight = false)
    {
        var chunks = lengths.Select(length =>
        {
            var chunk = new byte[length];
            Random.Shared.NextBytes(chunk);
            return chunk;
        }).ToArray();
        await using var writer = await Blobs.CreateAsync(Owner, Token);
        var numbers = Enumerable.Range(0, lengths.Length);
        if (inFlight)
        {
            await Task.WhenAll(numbers.Select(number => WriteChunkAsync(writer, number, chunks[number])));
        }
        else
        {
            foreach (var number in reverse ? numbers.Reverse() : numbers)
            {
                await WriteChunkAsync(writer, number, chunks[number]);
            }
        }

        await writer.CompleteAsync(Token);
        return (writer.Id, chunks);
    }

    private async Task WriteChunkAsync(IBlobWriter writer, int number, byte[] chunk)
    {
        using var buffer = await Blobs.RentChunkAsync(Blobs.ChunkSize, Token);
        buffer.Memory.Span.Fill(0xEE);
        chunk.CopyTo(buffer.Memory);
        await writer.WriteAsync(number, buffer, chunk.Length, SumOf(chunk), Token);
    }

    private async Task<byte[]> ReadAsync(BlobId blob, int number)
    {
        using var buffer = await Blobs.RentChunkAsync(Blobs.ChunkSize, Token);
        var length = await Blobs.ReadAsync(blob, Blobs.ChunkSize, number, buffer, Token);
        return buffer.Memory[..length].ToArray();
    }
}
