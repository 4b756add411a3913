using System.Text;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Contract;

/// <summary>What every <see cref="IObjectIndex"/> keeps of scans.</summary>
public abstract class ObjectIndexScanContract : StoreContract
{
    [Fact]
    public async Task Keys_come_in_the_order_of_their_UTF_8_bytes()
    {
        // U+10000 sorts above U+FFFD as UTF-8 and below it as UTF-16.
        string[] keys = ["a", "a\0", "a/b", "a/b/c", "ab", "B", "é", "\uFFFD", "\U00010000", "..", "//"];
        var bucket = await NewBucketAsync();
        foreach (var key in keys)
        {
            await PutAsync(bucket, key);
        }

        var expected = keys.Select(Encoding.UTF8.GetBytes).Order(ByteOrder);
        Assert.Equal(expected, await ScanKeysAsync(bucket));
        Assert.Equal(expected, await ScanKeysAsync(bucket, limit: 3));
        Assert.Equal(expected, await ScanKeysAsync(bucket, limit: 1));
    }

    [Fact]
    public async Task A_range_holds_what_is_at_or_above_its_start_and_below_its_end()
    {
        var bucket = await NewBucketAsync();
        foreach (var key in new[] { "a", "b", "b/1", "b/2", "c" })
        {
            await PutAsync(bucket, key);
        }

        Assert.Equal(["b", "b/1", "b/2"], await RangeAsync(bucket, "b"u8.ToArray(), "c"u8.ToArray()));
        Assert.Equal(["b/1", "b/2"], await RangeAsync(bucket, [.. "b"u8, 0], "c"u8.ToArray()));
        Assert.Equal(["b/1", "b/2"], await RangeAsync(bucket, "b/"u8.ToArray(), [.. "b/"u8, 0xFF]));
        Assert.Equal(["c"], await RangeAsync(bucket, [.. "b"u8, 0xFF, 0xFE], null));
        Assert.Empty(await RangeAsync(bucket, "c"u8.ToArray(), "c"u8.ToArray()));
        Assert.Empty(await RangeAsync(bucket, "d"u8.ToArray(), "a"u8.ToArray()));
    }

    [Fact]
    public async Task Versions_of_a_key_are_walked_by_suffix()
    {
        var bucket = await NewBucketAsync();
        foreach (var key in new[] { "a", "a\0", "b" })
        {
            RowWrite[] writes = [Write(RowAddress.Head, default), Write(Version(1), default), Write(Version(2), default), Write(Version(2, 0), default)];
            await Index.CommitAsync(Commit(bucket, Key(key), NoHead, writes), Token);
        }

        using var page = await Index.ScanAsync(
            new ScanRange(bucket, IndexSection.Version, "a"u8.ToArray(), Bytes(2, 0), "b"u8.ToArray(), 10), Token);
        Assert.Equal(["a:0200", "a\0:01", "a\0:02", "a\0:0200"], page!.Rows.Select(Named));
        Assert.False(page.More);
        Assert.Equal(9, (await ScanKeysAsync(bucket, IndexSection.Version, limit: 2)).Count);
    }

    [Fact]
    public async Task Sections_and_buckets_do_not_show_in_each_other()
    {
        var bucket = await NewBucketAsync();
        var other = await NewBucketAsync();
        await PutAsync(other, "other");
        var upload = UploadId.New(Clock.Now);
        await Index.CommitAsync(
            Commit(bucket, Key("x"), NoHead, [Write(RowAddress.HiddenHead, default), Write(Version(9), default), Write(UploadRow(upload), default)]),
            Token);
        await PutAsync(bucket, "y");
        Assert.Equal(["y"], (await ScanKeysAsync(bucket)).Select(Encoding.UTF8.GetString));
        Assert.Equal(["x"], (await ScanKeysAsync(bucket, IndexSection.Version)).Select(Encoding.UTF8.GetString));
        Assert.Equal(["x"], (await ScanKeysAsync(bucket, IndexSection.HiddenHead)).Select(Encoding.UTF8.GetString));
        Assert.Equal(["x"], (await ScanKeysAsync(bucket, IndexSection.Upload)).Select(Encoding.UTF8.GetString));
    }

    [Fact]
    public async Task A_scanned_row_carries_its_record_and_version_and_the_page_its_epoch()
    {
        var bucket = await NewBucketAsync();
        await Index.ChangeConfigurationAsync(bucket, 1, Bytes(7), Token);
        var ver = Guid.NewGuid();
        await Index.CommitAsync(Commit(bucket, Key("k"), NoHead, [Write(RowAddress.Head, ver, "the record", Bytes(1, 2))], epoch: 2), Token);
        using var page = await Index.ScanAsync(new ScanRange(bucket, IndexSection.Head, default, default, null, 10), Token);
        var row = Assert.Single(page!.Rows);
        Assert.Equal((2, ver), (page.Epoch, row.Ver));
        Assert.Equal("the record"u8.ToArray(), row.Record.ToArray());
    }

    [Fact]
    public async Task While_others_write_every_settled_key_shows_exactly_once_and_in_order()
    {
        var bucket = await NewBucketAsync();
        var settled = Enumerable.Range(0, 300).Select(i => $"settled/{i:D4}").ToArray();
        foreach (var key in settled)
        {
            await PutAsync(bucket, key);
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var writers = Enumerable.Range(0, 4).Select(writer => ChurnAsync(bucket, writer, stop.Token)).ToArray();
        for (var round = 0; round < 20; round++)
        {
            var keys = await ScanKeysAsync(bucket, limit: 50);
            Assert.Equal(keys.Order(ByteOrder), keys);
            var seen = keys.Select(Encoding.UTF8.GetString).ToList();
            Assert.Equal(seen.Distinct(), seen);
            Assert.Equal(settled, seen.Where(key => key.StartsWith("settled/", StringComparison.Ordinal) && key.Length == 12));
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
    }

    /// <summary>The same commits, by chance, on this store and on the model: every answer and every scan is the same.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Random_commits_and_scans_match_the_model(int seed)
    {
        await using var model = new InMemory.InMemoryStore(Clock);
        var random = new Random(seed);
        var bucket = await NewBucketAsync();
        await model.Index.CreateBucketAsync(bucket, Bytes(1, 2, 3), Token);
        for (var step = 0; step < 400; step++)
        {
            var commit = RandomCommit(random, bucket, (await model.Index.ReadAsync(bucket, new KeyRead(RandomKey(random)), Token))!);
            var (expected, actual) = (await model.Index.CommitAsync(commit, Token), await Index.CommitAsync(commit, Token));
            Assert.Equal(expected.Outcome, actual.Outcome);
            Assert.Equal(
                expected.Current?.Rows.Select(row => (row.Address, row.Ver)), actual.Current?.Rows.Select(row => (row.Address, row.Ver)));
            var range = new ScanRange(
                bucket, (IndexSection)random.Next(3), RandomKey(random).Memory, Bytes(random.Next(4)), RandomKey(random).Memory, random.Next(1, 9));
            using var expectedPage = await model.Index.ScanAsync(range, Token);
            using var page = await Index.ScanAsync(range, Token);
            Assert.Equal(expectedPage!.Rows.Select(Named), page!.Rows.Select(Named));
            Assert.True(page.More || !expectedPage.More || page.Rows.Count < range.Limit);
        }
    }

    private static Comparer<byte[]> ByteOrder { get; } = Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right));

    private static string Named(ScannedRow row) => $"{Encoding.UTF8.GetString(row.Key.Span)}:{Convert.ToHexString(row.Suffix.Span)}";

    private static ObjectKey RandomKey(Random random) => Key(new string([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => "ab/é"[random.Next(4)])]));

    private IndexCommit RandomCommit(Random random, BucketId bucket, KeyRows known)
    {
        RowAddress[] addresses = [RowAddress.Head, RowAddress.HiddenHead, Version(random.Next(4)), Version(random.Next(4), 0)];
        random.Shuffle(addresses);
        var writes = addresses[..random.Next(3)].Select(address => Write(address, NewVer(random), body: Bytes(new int[random.Next(3)]))).ToArray();
        var conditions = addresses[..random.Next(2)].Select(address => new RowCondition(address, known.Find(address)?.Ver)).ToArray();
        return Commit(bucket, RandomKey(random), conditions, writes, random.Next(2) == 0 ? [addresses[3]] : []);
    }

    private static Guid NewVer(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private async Task<IEnumerable<string>> RangeAsync(BucketId bucket, byte[] from, byte[]? before)
    {
        var end = before is null ? (ReadOnlyMemory<byte>?)null : before.AsMemory();
        using var page = await Index.ScanAsync(new ScanRange(bucket, IndexSection.Head, from, default, end, 10), Token);
        return [.. page!.Rows.Select(row => Encoding.UTF8.GetString(row.Key.Span))];
    }

    private async Task ChurnAsync(BucketId bucket, int writer, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            await Task.Yield();
            var key = Key($"settled/{i % 300:D4}/{writer}");
            var head = (await Index.ReadAsync(bucket, new KeyRead(key), Token))!.AnyHead;
            await Index.CommitAsync(
                head is null
                    ? Commit(bucket, key, NoHead, [Write(RowAddress.Head, Guid.NewGuid())])
                    : Commit(bucket, key, HeadIs(head.Ver), deletes: [RowAddress.Head]),
                Token);
        }
    }
}
