using System.Security.Cryptography;
using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Checksums;
using S3Cassandra.Storage.Contract.Faults;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.Storage.Tests.Objects;

public class BodyStorerTests
{
    public static TheoryData<int, bool, bool, int> Shapes()
    {
        var shapes = new TheoryData<int, bool, bool, int>();
        foreach (var size in new[] { 0, 1, 31, 32, 33, 47, 48, 49, 63, 64, 65, 96, 128, 129, 640, 1000 })
        {
            shapes.Add(size, false, false, int.MaxValue);
            shapes.Add(size, true, false, int.MaxValue);
            shapes.Add(size, false, true, 7);
            shapes.Add(size, true, true, 100);
        }

        return shapes;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Every_size_is_hashed_stored_and_read_back(int size, bool encrypted, bool hidesLength, int piece)
    {
        await using var world = await ObjectWorld.CreateAsync();
        var bytes = Random(size);
        var key = encrypted ? world.Keys.CreateForS3() : null;
        var body = new TestBody(bytes, piece, hidesLength: hidesLength) { NeedsSha256 = true };

        var outcome = await world.PutAsync("k", body, dataKey: key);

        Assert.Equal(WriteStatus.Done, outcome.Status);
        Assert.Equal(MD5.HashData(bytes), body.Seen!.Md5.ToArray());
        Assert.Equal(SHA256.HashData(bytes), body.Seen.Sha256.ToArray());
        Assert.Equal(ChecksumHash.Compute(ChecksumAlgorithm.Crc64Nvme, bytes), body.Seen.Checksum.Value.ToArray());
        Assert.Equal(size > ObjectWorld.InlineThreshold ? 1 : 0, (await world.BlobsAsync()).Count);
        Assert.Equal(bytes, await world.ReadAsync("k", dataKey: key));
        Assert.Equal(0, world.Store.MemoryBlobs.RentedChunks);
    }

    [Theory]
    [InlineData(ChecksumAlgorithm.Crc32)]
    [InlineData(ChecksumAlgorithm.Crc32C)]
    [InlineData(ChecksumAlgorithm.Crc64Nvme)]
    [InlineData(ChecksumAlgorithm.Sha1)]
    [InlineData(ChecksumAlgorithm.Sha256)]
    [InlineData(ChecksumAlgorithm.Sha512)]
    [InlineData(ChecksumAlgorithm.Md5)]
    [InlineData(ChecksumAlgorithm.XxHash64)]
    [InlineData(ChecksumAlgorithm.XxHash3)]
    [InlineData(ChecksumAlgorithm.XxHash128)]
    public async Task A_checksum_is_the_same_in_a_row_and_in_chunks(ChecksumAlgorithm algorithm)
    {
        await using var world = await ObjectWorld.CreateAsync();
        foreach (var size in new[] { 20, 500 })
        {
            var bytes = Random(size);
            var body = new TestBody(bytes) { Algorithm = algorithm };
            await world.PutAsync("k", body);
            Assert.Equal(algorithm, body.Seen!.Checksum.Algorithm);
            Assert.Equal(ChecksumHash.Compute(algorithm, bytes), body.Seen.Checksum.Value.ToArray());
        }
    }

    [Fact]
    public void Checksums_are_those_that_the_world_knows()
    {
        Assert.Equal("CBF43926", Convert.ToHexString(ChecksumHash.Compute(ChecksumAlgorithm.Crc32, "123456789"u8)));
        Assert.Equal("E3069283", Convert.ToHexString(ChecksumHash.Compute(ChecksumAlgorithm.Crc32C, "123456789"u8)));
        Assert.Equal("AE8B14860A799888", Convert.ToHexString(ChecksumHash.Compute(ChecksumAlgorithm.Crc64Nvme, "123456789"u8)));
        Assert.Equal("EF46DB3751D8E999", Convert.ToHexString(ChecksumHash.Compute(ChecksumAlgorithm.XxHash64, [])));
        Assert.Equal("2D06800538D394C2", Convert.ToHexString(ChecksumHash.Compute(ChecksumAlgorithm.XxHash3, [])));
        Assert.Equal("99AA06D3014798D86001C324468D497F", Convert.ToHexString(ChecksumHash.Compute(ChecksumAlgorithm.XxHash128, [])));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(500)]
    public async Task A_refused_body_leaves_nothing(int size)
    {
        await using var world = await ObjectWorld.CreateAsync();
        var outcome = await world.PutAsync("k", new TestBody(Random(size)) { IsRefused = true });
        Assert.Equal(WriteStatus.BodyRefused, outcome.Status);
        await AssertEmptyAsync(world);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(500)]
    public async Task A_body_cut_short_leaves_nothing(int size)
    {
        await using var world = await ObjectWorld.CreateAsync();
        var body = new TestBody(Random(size), 10, new IOException("cut"), claims: size + 100);
        await Assert.ThrowsAsync<IOException>(async () => await world.PutAsync("k", body));
        await AssertEmptyAsync(world);
    }

    [Theory]
    [InlineData(Fault.Unavailable)]
    [InlineData(Fault.Full)]
    public async Task A_chunk_that_cannot_be_written_leaves_nothing(Fault fault)
    {
        await using var world = await ObjectWorld.CreateAsync(faults: new FaultPlan().On("Blobs.WriteAsync", Fault.None, Fault.None, fault));
        await Assert.ThrowsAnyAsync<StoreUnavailableException>(async () => await world.PutAsync("k", Random(2000)));
        await AssertEmptyAsync(world);
    }

    [Fact]
    public async Task More_than_five_gibibytes_are_refused_before_a_byte_is_read()
    {
        await using var world = await ObjectWorld.CreateAsync();
        var outcome = await world.PutAsync("k", new TestBody([], claims: BodyStorer.MaxLength + 1));
        Assert.Equal(WriteStatus.TooLarge, outcome.Status);
        await AssertEmptyAsync(world);
    }

    [Fact]
    public async Task A_body_longer_than_it_says_is_stored_whole()
    {
        await using var world = await ObjectWorld.CreateAsync();
        var bytes = Random(100);
        Assert.Equal(WriteStatus.Done, (await world.PutAsync("k", new TestBody(bytes, claims: 10))).Status);
        Assert.Equal(bytes, await world.ReadAsync("k"));
    }

    [Fact]
    public async Task Without_room_in_a_row_a_small_body_has_a_blob()
    {
        await using var world = await ObjectWorld.CreateAsync();
        var owner = new BlobOwner(world.Bucket, ObjectKey.Parse("k"), null);
        await using var stored = await world.Bodies.StoreAsync(new TestBody([1, 2, 3]), owner, null, allowInline: false, TestContext.Current.CancellationToken);
        Assert.Equal(3, stored.Part!.Size);
        Assert.True(stored.Inline.IsEmpty);
    }

    private static byte[] Random(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return bytes;
    }

    private static async Task AssertEmptyAsync(ObjectWorld world)
    {
        Assert.Empty(await world.BlobsAsync());
        Assert.Equal(0, world.Store.MemoryBlobs.RentedChunks);
        Assert.Equal(LookupStatus.NotFound, (await world.FindAsync("k")).Status);
    }
}
