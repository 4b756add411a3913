using S3Cassandra.Storage.Contract.Faults;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.Storage.Tests.Objects;

public class ObjectReaderTests
{
    /// <summary>A row more costs a read that must agree across rows: on Cassandra, Paxos for every GET.</summary>
    [Fact]
    public async Task What_concerns_the_current_version_alone_asks_for_the_head_alone()
    {
        await using var world = await ObjectWorld.CreateAsync();
        await world.PutAsync("k", new byte[10]);
        await world.ReadAsync("k");
        await world.Tagging.SetAsync(
            world.Bucket, ObjectKey.Parse("k"), null, [new ObjectTag("tag", "1")], TestContext.Current.CancellationToken);
        await world.DeleteAsync("k");

        Assert.Equal(4, world.Reads.Count);
        Assert.All(world.Reads, read => Assert.True(read.Version.IsEmpty && read.Upload.IsEmpty && read.NewestVersions == 0));
    }

    [Theory]
    [InlineData(30, false)]
    [InlineData(30, true)]
    [InlineData(500, false)]
    [InlineData(500, true)]
    public async Task Every_range_is_that_run_of_bytes(int size, bool encrypted)
    {
        await using var world = await ObjectWorld.CreateAsync();
        var key = encrypted ? world.Keys.CreateForS3() : null;
        var bytes = Bytes(size);
        await world.PutAsync("k", bytes, dataKey: key);
        var found = await world.FindAsync("k");
        var random = new Random(size);
        for (var i = 0; i < 200; i++)
        {
            var offset = random.Next(size);
            var count = random.Next(size - offset + 1);
            Assert.Equal(bytes.AsSpan(offset, count).ToArray(), await world.ReadAsync(found, offset, count, key));
        }

        Assert.Equal(0, world.Store.MemoryBlobs.RentedChunks);
    }

    [Fact]
    public async Task A_range_reads_only_the_chunks_that_it_lies_in()
    {
        await using var world = await ObjectWorld.CreateAsync();
        await world.PutAsync("k", Bytes(100 * ObjectWorld.ChunkSize));
        var found = await world.FindAsync("k");
        var before = world.Faults.Calls.Count(call => call == "Blobs.ReadAsync");
        await world.ReadAsync(found, (50 * ObjectWorld.ChunkSize) + 3, 2);
        Assert.Equal(1, world.Faults.Calls.Count(call => call == "Blobs.ReadAsync") - before);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_broken_first_chunk_is_found_before_anything_is_answered(bool encrypted)
    {
        await using var world = await ObjectWorld.CreateAsync();
        var key = encrypted ? world.Keys.CreateForS3() : null;
        var put = await world.PutAsync("k", Bytes(300), dataKey: key);
        world.Store.MemoryBlobs.FlipBit(put.Version!.Parts[0].Blob, 0, 77);
        var found = await world.FindAsync("k");
        await Assert.ThrowsAsync<CorruptDataException>(async () =>
            await world.Reader.OpenAsync(found, key, 0, 300, TestContext.Current.CancellationToken));
        Assert.Equal(0, world.Store.MemoryBlobs.RentedChunks);
    }

    [Fact]
    public async Task A_broken_chunk_midway_ends_the_reading_with_what_came_before_it()
    {
        await using var world = await ObjectWorld.CreateAsync();
        var bytes = Bytes(640);
        var put = await world.PutAsync("k", bytes);
        world.Store.MemoryBlobs.FlipBit(put.Version!.Parts[0].Blob, 7, 0);
        var received = new MemoryStream();
        await using (var open = await world.Reader.OpenAsync(await world.FindAsync("k"), null, 0, 640, TestContext.Current.CancellationToken))
        {
            await Assert.ThrowsAsync<CorruptDataException>(async () =>
                await open!.CopyToAsync(System.IO.Pipelines.PipeWriter.Create(received), TestContext.Current.CancellationToken));
        }

        Assert.Equal(bytes[..(7 * ObjectWorld.ChunkSize)], received.ToArray());
        Assert.Equal(0, world.Store.MemoryBlobs.RentedChunks);
    }

    [Fact]
    public async Task Bytes_gone_with_an_overwrite_are_looked_up_again()
    {
        await using var world = await ObjectWorld.CreateAsync();
        var old = (await world.PutAsync("k", Bytes(300))).Version!.Parts[0].Blob;
        var found = await world.FindAsync("k");
        await world.PutAsync("k", [1, 2, 3]);
        Assert.True(await world.Store.Blobs.DeleteAsync(old, TestContext.Current.CancellationToken));
        Assert.Null(await world.ReadAsync(found, 0, 300));
        Assert.Equal([1, 2, 3], await world.ReadAsync("k"));
    }

    [Fact]
    public async Task What_is_being_read_is_not_freed()
    {
        await using var world = await ObjectWorld.CreateAsync();
        var bytes = Bytes(2000);
        var old = (await world.PutAsync("k", bytes)).Version!.Parts[0].Blob;
        await using (var open = await world.Reader.OpenAsync(await world.FindAsync("k"), null, 0, 2000, TestContext.Current.CancellationToken))
        {
            await world.DeleteAsync("k");
            Assert.False(await world.Store.Blobs.DeleteAsync(old, TestContext.Current.CancellationToken));
            var received = new MemoryStream();
            await open!.CopyToAsync(System.IO.Pipelines.PipeWriter.Create(received), TestContext.Current.CancellationToken);
            Assert.Equal(bytes, received.ToArray());
        }

        Assert.True(await world.Store.Blobs.DeleteAsync(old, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_store_that_cannot_answer_is_no_corruption()
    {
        await using var world = await ObjectWorld.CreateAsync();
        await world.PutAsync("k", Bytes(300));
        var found = await world.FindAsync("k");
        world.Faults.On("Blobs.ReadAsync", Fault.Unavailable);
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await world.ReadAsync(found, 0, 300));
        Assert.Equal(0, world.Store.MemoryBlobs.RentedChunks);
    }

    [Fact]
    public async Task Chunks_of_one_object_do_not_pass_for_those_of_another()
    {
        await using var world = await ObjectWorld.CreateAsync();
        var key = world.Keys.CreateForS3();
        var first = (await world.PutAsync("a", Bytes(300), dataKey: key)).Version!.Parts[0];
        await world.PutAsync("b", Bytes(300), dataKey: key);
        var found = await world.FindAsync("b");
        var swapped = found with { Record = found.Object with { Parts = [found.Object.Parts[0] with { Blob = first.Blob }] } };
        Assert.NotNull(await world.ReadAsync(found, 0, 300, key));

        // Not this object's bytes: as if they were gone, for the record of the key is another one.
        Assert.Null(await world.ReadAsync(swapped, 0, 300, key));
    }

    [Fact]
    public async Task A_copy_is_a_body_like_any_other()
    {
        await using var world = await ObjectWorld.CreateAsync();
        var bytes = Bytes(1000);
        await world.PutAsync("a", bytes);
        await using (var open = await world.Reader.OpenAsync(await world.FindAsync("a"), null, 100, 800, TestContext.Current.CancellationToken))
        {
            await using var body = open!.AsBody(800, null);
            var command = new PutObjectCommand { Bucket = world.Bucket, Key = ObjectKey.Parse("b"), Owner = ObjectWorld.Owner };
            Assert.Equal(WriteStatus.Done, (await world.Writer.PutAsync(command, body, TestContext.Current.CancellationToken)).Status);
        }

        Assert.Equal(bytes[100..900], await world.ReadAsync("b"));
        Assert.Equal(0, world.Store.MemoryBlobs.RentedChunks);
    }

    private static byte[] Bytes(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return bytes;
    }
}
