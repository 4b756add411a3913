using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Contract;

/// <summary>What every <see cref="IObjectIndex"/> keeps of the parts of uploads.</summary>
public abstract class PartContract : StoreContract
{
    [Fact]
    public async Task Parts_come_by_number_and_stamp_in_pages_without_bodies()
    {
        var bucket = await NewBucketAsync();
        var upload = await BeginAsync(bucket, "a");
        foreach (var (number, stamp) in new[] { (10, 5), (2, 9), (2, 8), (10_000, 1), (1, 7) })
        {
            Assert.True(await Index.AddPartAsync(bucket, Key("a"), upload, Part(number, stamp, Bytes(number % 256)), Token));
        }

        var parts = await Index.ListPartsAsync(bucket, upload, 0, 100, Token);
        Assert.Equal([(1, 7), (2, 8), (2, 9), (10, 5), (10_000, 1)], parts.Select(part => (part.Number, Ordinal(part))));
        Assert.All(parts, part => Assert.Equal(0, part.Body.Length));
        Assert.All(parts, part => Assert.Equal($"part {part.Number}", System.Text.Encoding.UTF8.GetString(part.Record.Span)));
        Assert.Equal([2, 2], (await Index.ListPartsAsync(bucket, upload, 1, 2, Token)).Select(part => part.Number));
        Assert.Equal([10, 10_000], (await Index.ListPartsAsync(bucket, upload, 2, 5, Token)).Select(part => part.Number));
        Assert.Empty(await Index.ListPartsAsync(bucket, upload, 10_000, 5, Token));
        Assert.Empty(await Index.ListPartsAsync(await NewBucketAsync(), upload, 0, 5, Token));
    }

    [Fact]
    public async Task The_body_of_a_part_is_read_by_number_and_stamp()
    {
        var bucket = await NewBucketAsync();
        var upload = await BeginAsync(bucket, "a");
        await Index.AddPartAsync(bucket, Key("a"), upload, Part(1, 1, Bytes(1, 2, 3)), Token);
        await Index.AddPartAsync(bucket, Key("a"), upload, Part(1, 2, []), Token);
        Assert.Equal(Bytes(1, 2, 3), (await Index.ReadPartBodyAsync(bucket, upload, 1, Stamp(1), Token))!.Value.ToArray());
        Assert.Equal(0, (await Index.ReadPartBodyAsync(bucket, upload, 1, Stamp(2), Token))!.Value.Length);
        Assert.Null(await Index.ReadPartBodyAsync(bucket, upload, 1, Stamp(3), Token));
        Assert.Null(await Index.ReadPartBodyAsync(bucket, UploadId.New(Clock.Now), 1, Stamp(1), Token));
    }

    [Fact]
    public async Task A_part_is_refused_where_its_upload_is_gone_or_another_keys()
    {
        var bucket = await NewBucketAsync();
        var upload = await BeginAsync(bucket, "a");
        Assert.False(await Index.AddPartAsync(bucket, Key("b"), upload, Part(1, 1), Token));
        Assert.False(await Index.AddPartAsync(await NewBucketAsync(), Key("a"), upload, Part(1, 1), Token));
        Assert.False(await Index.AddPartAsync(BucketId.New(), Key("a"), upload, Part(1, 1), Token));
        await Index.CommitAsync(Commit(bucket, Key("a"), deletes: [UploadRow(upload)], ends: upload), Token);
        Assert.False(await Index.AddPartAsync(bucket, Key("a"), upload, Part(1, 1), Token));
        Assert.Empty(await Index.ListPartsAsync(bucket, upload, 0, 10, Token));
    }

    [Fact]
    public async Task A_fence_refuses_parts_stamped_before_it()
    {
        var bucket = await NewBucketAsync();
        var upload = await BeginAsync(bucket, "a");
        await Index.FenceAsync(bucket, Key("a"), upload, Clock.Now, Token);
        Assert.False(await Index.AddPartAsync(bucket, Key("a"), upload, Part(1, -1), Token));
        Assert.True(await Index.AddPartAsync(bucket, Key("a"), upload, Part(2, 0), Token));
        Assert.Equal(2, Assert.Single(await Index.ListPartsAsync(bucket, upload, 0, 10, Token)).Number);
    }

    [Fact]
    public async Task Parts_outlive_their_upload_and_its_bucket_until_they_are_removed()
    {
        var bucket = await NewBucketAsync();
        var (first, second) = (await BeginAsync(bucket, "a"), await BeginAsync(bucket, "b"));
        await Index.AddPartAsync(bucket, Key("a"), first, Part(1, 1, Bytes(1)), Token);
        await Index.AddPartAsync(bucket, Key("b"), second, Part(1, 1, Bytes(2)), Token);
        await Index.AddPartAsync(bucket, Key("b"), second, Part(2, 1, Bytes(3)), Token);
        Assert.Equal(BucketRemoval.Removed, await Index.RemoveBucketAsync(bucket, Token));
        var listed = await Index.ListUploadsWithPartsAsync(Token).ToListAsync(Token);
        Assert.Equal(2, listed.Count);
        Assert.Equal([(bucket, first), (bucket, second)], [.. listed.ToHashSet().Order(ByUpload)]);

        await Index.RemovePartsAsync(bucket, first, Token);
        await Index.RemovePartsAsync(bucket, first, Token);
        Assert.Empty(await Index.ListPartsAsync(bucket, first, 0, 10, Token));
        Assert.Null(await Index.ReadPartBodyAsync(bucket, first, 1, Stamp(1), Token));
        Assert.Equal(2, (await Index.ListPartsAsync(bucket, second, 0, 10, Token)).Count);
        Assert.Equal(Bytes(3), (await Index.ReadPartBodyAsync(bucket, second, 2, Stamp(1), Token))!.Value.ToArray());
        Assert.Equal([(bucket, second)], await Index.ListUploadsWithPartsAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task Of_an_end_and_parts_that_race_none_is_lost_from_the_list()
    {
        for (var round = 0; round < 5; round++)
        {
            var bucket = await NewBucketAsync();
            var upload = await BeginAsync(bucket, "a");
            var parts = Enumerable.Range(1, 20).Select(number => Task.Run(async () =>
                (number, added: await Index.AddPartAsync(bucket, Key("a"), upload, Part(number, 1), Token)))).ToArray();
            var end = await Index.CommitAsync(Commit(bucket, Key("a"), deletes: [UploadRow(upload)], ends: upload), Token);
            Assert.Equal(CommitOutcome.Applied, end.Outcome);
            var added = (await Task.WhenAll(parts)).Where(part => part.added).Select(part => part.number);
            Assert.Equal(added.Order(), (await Index.ListPartsAsync(bucket, upload, 0, 100, Token)).Select(part => part.Number));
        }
    }

    private static Comparer<(BucketId Bucket, UploadId Upload)> ByUpload { get; } =
        Comparer<(BucketId Bucket, UploadId Upload)>.Create((left, right) => left.Upload.Value.CompareTo(right.Upload.Value));

    /// <summary>A stamp so many microseconds after the clock's time.</summary>
    private UInt128 Stamp(int ordinal) => PartRow.StampAt(Clock.Now.AddMicroseconds(ordinal));

    private int Ordinal(PartRow part) => (int)((part.Stamp - Stamp(0)) >> 64);

    private PartRow Part(int number, int stamp, byte[]? body = null) =>
        new(number, Stamp(stamp), System.Text.Encoding.UTF8.GetBytes($"part {number}"), body);

    private async Task<UploadId> BeginAsync(BucketId bucket, string key)
    {
        var upload = UploadId.New(Clock.Now);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await Index.CommitAsync(Commit(bucket, Key(key), writes: [Write(UploadRow(upload), Guid.NewGuid())]), Token);
        return upload;
    }
}
