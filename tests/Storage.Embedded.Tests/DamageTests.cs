using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Embedded.Tests;

/// <summary>What a broken disk does to files: never are wrong bytes returned.</summary>
public sealed class DamageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly BucketId _bucket = BucketId.New();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task No_flipped_bit_of_a_blob_is_served()
    {
        await using var store = Open();
        var objects = await StoredObjects.CreateAsync(store, _bucket);
        var file = FileOf(await objects.PutBlobAsync("a"));
        var random = new Random(1);
        var caught = 0;
        for (var flip = 0; flip < 1000; flip++)
        {
            // A third of them in the headers of the file and its chunks, where a page has few bytes that count.
            var at = flip % 3 == 0 ? (random.Next(2) * Files.ChunkLayout.Page) + random.Next(48) : random.Next((int)new FileInfo(file).Length);
            var bit = random.Next(8);
            FlipBit(file, at, bit);
            caught += await IsRefusedAsync(objects, "a") ? 1 : 0;
            FlipBit(file, at, bit);
        }

        Assert.InRange(caught, 600, 1000);
        Assert.True(await objects.ReadAsync("a"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4096)]
    [InlineData(8192)]
    [InlineData(10_000)]
    [InlineData(40_000)]
    public async Task A_file_that_was_cut_off_is_noticed(int length)
    {
        await using var store = Open();
        var objects = await StoredObjects.CreateAsync(store, _bucket);
        var file = FileOf(await objects.PutBlobAsync("a"));
        using (var stream = new FileStream(file, FileMode.Open))
        {
            stream.SetLength(length);
        }

        await Assert.ThrowsAsync<CorruptDataException>(() => objects.ReadAsync("a"));
    }

    [Fact]
    public async Task A_chunk_in_the_place_of_another_is_noticed()
    {
        await using var store = Open();
        var objects = await StoredObjects.CreateAsync(store, _bucket);
        var (first, second) = (FileOf(await objects.PutBlobAsync("a")), FileOf(await objects.PutBlobAsync("b")));
        var bytes = await File.ReadAllBytesAsync(first, TestContext.Current.CancellationToken);
        var slot = (int)Files.ChunkLayout.SlotOf(1, StoredObjects.ChunkSize);
        var swapped = (byte[])bytes.Clone();
        bytes.AsSpan(Files.ChunkLayout.Page, slot - Files.ChunkLayout.Page).CopyTo(swapped.AsSpan(slot));
        await File.WriteAllBytesAsync(first, swapped, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<CorruptDataException>(() => objects.ReadAsync("a"));
        await File.WriteAllBytesAsync(second, bytes, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<CorruptDataException>(() => objects.ReadAsync("b"));
    }

    [Fact]
    public async Task No_flipped_bit_of_the_index_is_served()
    {
        string[] keys = [.. Enumerable.Range(0, 30).Select(i => $"key/{i}")];
        await using (var store = Open())
        {
            var objects = await StoredObjects.CreateAsync(store, _bucket);
            foreach (var key in keys)
            {
                await objects.PutInlineAsync(key);
            }
        }

        var file = Path.Combine(_folder.Path, "index.db");
        var whole = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        var random = new Random(2);
        var caught = 0;
        for (var flip = 0; flip < 150; flip++)
        {
            FlipBit(file, random.Next(whole.Length), random.Next(8));
            caught += await ReadAllAsync(keys) ? 0 : 1;
            await RestoreAsync(file, whole);
        }

        // Most of the file is bodies; what is neither these nor free space is rows and pages' headers.
        Assert.InRange(caught, 40, 150);
        Assert.True(await ReadAllAsync(keys));
    }

    [Fact]
    public async Task No_flipped_bit_of_a_row_is_read_or_scanned()
    {
        var record = StoredObjects.Expected("record", 0, 200);
        await using (var store = Open())
        {
            await store.Index.CreateBucketAsync(_bucket, new byte[] { 1 }, TestContext.Current.CancellationToken);
            var commit = new IndexCommit
            {
                Bucket = _bucket,
                Key = ObjectKey.Parse("a"),
                Epoch = 1,
                Started = DateTimeOffset.UtcNow,
                Writes = [new RowWrite(RowAddress.Head, Guid.NewGuid(), record, default)],
            };
            await store.Index.CommitAsync(commit, TestContext.Current.CancellationToken);
        }

        // A row's cell is: key, suffix, version, record, in this order.
        var file = Path.Combine(_folder.Path, "index.db");
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        var start = bytes.AsSpan().IndexOf(record) - 17;
        for (var at = start; at < start + 217; at += 3)
        {
            FlipBit(file, at, at % 8);
            await using (var store = Open())
            {
                if (at > start)
                {
                    await Assert.ThrowsAsync<CorruptDataException>(async () =>
                        await store.Index.ReadAsync(_bucket, new KeyRead(ObjectKey.Parse("a")), TestContext.Current.CancellationToken));
                }

                await Assert.ThrowsAsync<CorruptDataException>(async () => await store.Index.ScanAsync(
                    new ScanRange(_bucket, IndexSection.Head, default, default, null, 10), TestContext.Current.CancellationToken));
            }

            FlipBit(file, at, at % 8);
        }
    }

    [Fact]
    public async Task A_suspect_whose_owner_cannot_be_read_has_none()
    {
        await using var store = Open();
        var objects = await StoredObjects.CreateAsync(store, _bucket);
        var blob = await objects.PutBlobAsync("a");
        Assert.Equal(new(_bucket, ObjectKey.Parse("a"), null), Assert.Single(await objects.SuspectsAsync()).Owner);
        FlipBit(FileOf(blob), 60, 3);
        var suspect = Assert.Single(await objects.SuspectsAsync());
        Assert.Equal((blob, null), (suspect.Blob, suspect.Owner));
        Assert.True(await objects.ReadAsync("a"));

        // Not even where the disk lost the page: the chunks say that it was written.
        using (var stream = new FileStream(FileOf(blob), FileMode.Open))
        {
            stream.Write(new byte[Files.ChunkLayout.Page]);
        }

        Assert.Null(Assert.Single(await objects.SuspectsAsync()).Owner);
        Assert.True(await objects.ReadAsync("a"));
    }

    /// <summary>Whether every key is there; where one cannot be served, an exception said so.</summary>
    private async Task<bool> ReadAllAsync(string[] keys)
    {
        try
        {
            await using var store = Open();
            var objects = new StoredObjects(store, _bucket);
            var all = true;
            foreach (var key in keys)
            {
                all &= !await IsRefusedAsync(objects, key);
            }

            return all;
        }
        catch (Exception e) when (e is CorruptDataException or StoreUnavailableException)
        {
            return false;
        }
    }

    private static async Task<bool> IsRefusedAsync(StoredObjects objects, string key)
    {
        try
        {
            return !await objects.ReadAsync(key);
        }
        catch (Exception e) when (e is CorruptDataException or StoreUnavailableException)
        {
            return true;
        }
    }

    /// <summary>As it was: a store that was opened over damage may have written pages, and a second flip would be a new damage in them.</summary>
    private static async Task RestoreAsync(string file, byte[] whole)
    {
        File.Delete(file + "-wal");
        File.Delete(file + "-shm");
        await File.WriteAllBytesAsync(file, whole, TestContext.Current.CancellationToken);
    }

    private static void FlipBit(string file, int at, int bit)
    {
        using var stream = new FileStream(file, FileMode.Open);
        stream.Position = at;
        var value = stream.ReadByte();
        stream.Position = at;
        stream.WriteByte((byte)(value ^ (1 << bit)));
    }

    private EmbeddedStore Open() => EmbeddedStore.Open(EmbeddedStoreUnderTest.OptionsFor(_folder));

    private string FileOf(BlobId blob) => Directory.EnumerateFiles(_folder.Path, blob.ToString(), SearchOption.AllDirectories).Single();
}
