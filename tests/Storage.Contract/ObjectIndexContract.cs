using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Contract;

/// <summary>What every <see cref="IObjectIndex"/> keeps of buckets, reads and commits.</summary>
public abstract class ObjectIndexContract : StoreContract
{
    [Fact]
    public async Task A_bucket_that_does_not_exist_reads_as_nothing()
    {
        var bucket = BucketId.New();
        Assert.Null(await Index.GetConfigurationAsync(bucket, Token));
        Assert.Null(await Index.ReadAsync(bucket, new KeyRead(Key("a")), Token));
        Assert.Null(await Index.ReadAsync(bucket, new KeyRead(Key("a"), NewestVersions: 1), Token));
        Assert.Null(await Index.ScanAsync(new ScanRange(bucket, IndexSection.Head, default, default, null, 10), Token));
        var commit = await Index.CommitAsync(Commit(bucket, Key("a"), NoHead, [Write(RowAddress.Head, Guid.NewGuid())]), Token);
        Assert.Equal(CommitOutcome.BucketGone, commit.Outcome);
        Assert.Equal(ConfigurationChange.BucketGone, await Index.ChangeConfigurationAsync(bucket, 1, Bytes(1), Token));
        Assert.Equal(BucketRemoval.NotFound, await Index.RemoveBucketAsync(bucket, Token));
    }

    [Fact]
    public async Task Creating_a_bucket_twice_keeps_what_is_in_it()
    {
        var bucket = await NewBucketAsync();
        await PutAsync(bucket, "a");
        await Index.CreateBucketAsync(bucket, Bytes(1, 2, 3), Token);
        Assert.NotNull((await ReadAsync(bucket, "a")).AnyHead);
        Assert.Equal(1, (await Index.GetConfigurationAsync(bucket, Token))!.Epoch);
    }

    [Fact]
    public async Task A_configuration_changes_by_epochs_and_shuts_out_the_old_one()
    {
        var bucket = await NewBucketAsync();
        Assert.Equal(Bytes(1, 2, 3), (await Index.GetConfigurationAsync(bucket, Token))!.Record.ToArray());
        Assert.Equal(ConfigurationChange.Applied, await Index.ChangeConfigurationAsync(bucket, 1, Bytes(9), Token));
        Assert.Equal(ConfigurationChange.EpochChanged, await Index.ChangeConfigurationAsync(bucket, 1, Bytes(8), Token));

        var configuration = await Index.GetConfigurationAsync(bucket, Token);
        Assert.Equal((2, 9), (configuration!.Epoch, configuration.Record.Span[0]));
        RowWrite[] write = [Write(RowAddress.Head, Guid.NewGuid())];
        Assert.Equal(CommitOutcome.EpochChanged, (await Index.CommitAsync(Commit(bucket, Key("a"), NoHead, write), Token)).Outcome);
        Assert.Equal(2, (await ReadAsync(bucket, "a")).Epoch);
        Assert.Empty((await ReadAsync(bucket, "a")).Rows);
        Assert.Equal(CommitOutcome.Applied, (await Index.CommitAsync(Commit(bucket, Key("a"), NoHead, write, epoch: 2), Token)).Outcome);
        Assert.Equal(2, (await ReadAsync(bucket, "a")).Epoch);
    }

    [Fact]
    public async Task What_was_committed_is_read_back_with_its_body_only_if_asked()
    {
        var bucket = await NewBucketAsync();
        var ver = await PutAsync(bucket, "a", "first", Bytes(4, 5, 6));

        var row = Assert.Single((await ReadAsync(bucket, "a", withBody: true)).Rows);
        Assert.Equal((RowAddress.Head, ver), (row.Address, row.Ver));
        Assert.Equal("first"u8.ToArray(), row.Record.ToArray());
        Assert.Equal(Bytes(4, 5, 6), row.Body.ToArray());
        Assert.Equal(0, Assert.Single((await ReadAsync(bucket, "a")).Rows).Body.Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(70_000)]
    [InlineData(300_000)]
    public async Task Bodies_of_any_size_come_back_whole_and_are_replaced_and_removed(int size)
    {
        var bucket = await NewBucketAsync();
        var body = new byte[size];
        new Random(size).NextBytes(body);
        var ver = await PutAsync(bucket, "a", body: body);
        Assert.Equal(body, (await ReadAsync(bucket, "a", withBody: true)).AnyHead!.Body.ToArray());

        body[0]++;
        var next = Guid.NewGuid();
        await Index.CommitAsync(Commit(bucket, Key("a"), HeadIs(ver), [Write(RowAddress.Head, next, body: body)]), Token);
        Assert.Equal(body, (await ReadAsync(bucket, "a", withBody: true)).AnyHead!.Body.ToArray());

        await Index.CommitAsync(Commit(bucket, Key("a"), HeadIs(next), [Write(RowAddress.Head, ver)]), Token);
        Assert.Equal(0, (await ReadAsync(bucket, "a", withBody: true)).AnyHead!.Body.Length);
    }

    [Fact]
    public async Task A_record_may_have_64_KiB_and_a_key_1024_bytes()
    {
        var bucket = await NewBucketAsync();
        var (key, record) = (new string('k', ObjectKey.MaxBytes), new string('r', 64 * 1024));
        await PutAsync(bucket, key, record);
        Assert.Equal(record.Length, (await ReadAsync(bucket, key)).AnyHead!.Record.Length);
    }

    [Fact]
    public async Task A_failed_condition_leaves_everything_and_shows_what_is_there()
    {
        var bucket = await NewBucketAsync();
        var ver = await PutAsync(bucket, "a", "first", Bytes(1));
        var upload = UploadId.New(Clock.Now);
        RowCondition[] conditions = [.. HeadIs(ver), new(UploadRow(upload), Guid.NewGuid())];
        var blob = BlobId.New();
        var result = await Index.CommitAsync(
            Commit(bucket, Key("a"), conditions, [Write(RowAddress.Head, Guid.NewGuid(), "second")], releases: [blob], ends: upload), Token);

        Assert.Equal(CommitOutcome.RowsChanged, result.Outcome);
        var row = Assert.Single(result.Current!.Rows);
        Assert.Equal((ver, 0), (row.Ver, row.Body.Length));
        Assert.Equal("first"u8.ToArray(), row.Record.ToArray());
        Assert.Equal(ver, (await ReadAsync(bucket, "a")).AnyHead!.Ver);
        Assert.Empty(await SuspectsAsync());
    }

    [Fact]
    public async Task A_refusal_shows_heads_and_conditioned_rows_in_order()
    {
        var bucket = await NewBucketAsync();
        var upload = UploadId.New(Clock.Now);
        var (hidden, version, row) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await Index.CommitAsync(
            Commit(
                bucket,
                Key("a"),
                NoHead,
                [Write(UploadRow(upload), row), Write(RowAddress.HiddenHead, hidden), Write(Version(7), version), Write(Version(8), version)]),
            Token);

        RowCondition[] conditions = [new(UploadRow(upload), null), new(Version(8), version), .. NoHead];
        var result = await Index.CommitAsync(Commit(bucket, Key("a"), conditions), Token);
        Assert.Equal(CommitOutcome.RowsChanged, result.Outcome);
        Assert.Equal([Version(8), RowAddress.HiddenHead, UploadRow(upload)], result.Current!.Rows.Select(found => found.Address));
        Assert.Equal(hidden, result.Current.AnyHead!.Ver);
    }

    [Fact]
    public async Task A_commit_changes_all_of_its_rows_and_no_others()
    {
        var bucket = await NewBucketAsync();
        var other = await NewBucketAsync();
        await PutAsync(other, "a");
        await PutAsync(bucket, "a\0");
        var ver = await PutAsync(bucket, "a");
        var marker = Guid.NewGuid();
        var result = await Index.CommitAsync(
            Commit(
                bucket, Key("a"), HeadIs(ver), [Write(RowAddress.HiddenHead, marker), Write(Version(1), marker, "v")], [RowAddress.Head]),
            Token);
        Assert.Equal(CommitOutcome.Applied, result.Outcome);

        var rows = await Index.ReadAsync(bucket, new KeyRead(Key("a"), NewestVersions: 10), Token);
        Assert.Equal([Version(1), RowAddress.HiddenHead], rows!.Rows.Select(row => row.Address));
        Assert.Equal(marker, rows.AnyHead!.Ver);
        Assert.NotNull((await ReadAsync(bucket, "a\0")).Find(RowAddress.Head));
        Assert.NotNull((await ReadAsync(other, "a")).Find(RowAddress.Head));
    }

    [Fact]
    public async Task Versions_are_read_newest_first_and_by_suffix()
    {
        var bucket = await NewBucketAsync();
        RowWrite[] writes =
        [
            Write(RowAddress.Head, Guid.NewGuid()),
            .. Enumerable.Range(1, 5).Select(suffix => Write(Version(suffix, 0xFF), Guid.NewGuid(), body: Bytes(suffix))),
        ];
        await Index.CommitAsync(Commit(bucket, Key("a"), NoHead, writes), Token);
        await Index.CommitAsync(Commit(bucket, Key("a\0"), NoHead, [Write(RowAddress.Head, Guid.NewGuid()), Write(Version(0), default)]), Token);

        var newest = await Index.ReadAsync(bucket, new KeyRead(Key("a"), NewestVersions: 2), Token);
        Assert.Equal([RowAddress.Head, Version(1, 0xFF), Version(2, 0xFF)], newest!.Rows.Select(row => row.Address));

        var both = await Index.ReadAsync(bucket, new KeyRead(Key("a"), WithBody: true, Version: Bytes(2, 0xFF), NewestVersions: 2), Token);
        Assert.Equal([RowAddress.Head, Version(1, 0xFF), Version(2, 0xFF)], both!.Rows.Select(row => row.Address));
        Assert.Equal(Bytes(2), both.Rows[2].Body.ToArray());

        var older = await Index.ReadAsync(bucket, new KeyRead(Key("a"), Version: Bytes(4, 0xFF), NewestVersions: 1), Token);
        Assert.Equal([RowAddress.Head, Version(1, 0xFF), Version(4, 0xFF)], older!.Rows.Select(row => row.Address));
        Assert.Single((await Index.ReadAsync(bucket, new KeyRead(Key("a"), Version: Bytes(4)), Token))!.Rows);
    }

    [Fact]
    public async Task A_fence_refuses_what_began_before_it_on_that_key()
    {
        var bucket = await NewBucketAsync();
        var late = Commit(bucket, Key("a"), NoHead, [Write(RowAddress.Head, Guid.NewGuid())]);
        Clock.Advance(TimeSpan.FromMinutes(1));
        await Index.FenceAsync(bucket, Key("a"), null, Clock.Now, Token);
        Assert.Equal(CommitOutcome.Fenced, (await Index.CommitAsync(late, Token)).Outcome);
        await Index.FenceAsync(bucket, Key("a"), null, Clock.Now.AddHours(-1), Token);
        Assert.Equal(CommitOutcome.Fenced, (await Index.CommitAsync(late, Token)).Outcome);
        Assert.Empty((await ReadAsync(bucket, "a")).Rows);
        await PutAsync(bucket, "a");
    }

    [Fact]
    public async Task Only_a_bucket_without_objects_is_removed_and_its_uploads_end()
    {
        var bucket = await NewBucketAsync();
        var ver = await PutAsync(bucket, "a");
        Assert.Equal(BucketRemoval.NotEmpty, await Index.RemoveBucketAsync(bucket, Token));
        await Index.CommitAsync(Commit(bucket, Key("a"), HeadIs(ver), [Write(RowAddress.HiddenHead, ver)], [RowAddress.Head]), Token);
        Assert.Equal(BucketRemoval.NotEmpty, await Index.RemoveBucketAsync(bucket, Token));
        await Index.CommitAsync(Commit(bucket, Key("a"), deletes: [RowAddress.HiddenHead]), Token);

        var upload = UploadId.New(Clock.Now);
        await Index.CommitAsync(Commit(bucket, Key("u"), writes: [Write(UploadRow(upload), Guid.NewGuid())]), Token);
        Assert.Equal(BucketRemoval.Removed, await Index.RemoveBucketAsync(bucket, Token));
        Assert.Null(await Index.GetConfigurationAsync(bucket, Token));
        Assert.Null(await Index.ReadAsync(bucket, new KeyRead(Key("u"), Upload: upload.ToBytes()), Token));
        var suspect = Assert.Single(await SuspectsAsync());
        Assert.Equal(new Blobs.BlobOwner(bucket, Key("u"), upload), suspect.Owner);
        Assert.Equal(BucketRemoval.NotFound, await Index.RemoveBucketAsync(bucket, Token));
    }

    [Fact]
    public async Task What_a_commit_releases_becomes_a_suspect_when_it_applies()
    {
        var bucket = await NewBucketAsync();
        var (blob, upload) = (BlobId.New(), UploadId.New(Clock.Now));
        await Index.CommitAsync(Commit(bucket, Key("a"), writes: [Write(UploadRow(upload), Guid.NewGuid())]), Token);
        var complete = Commit(
            bucket, Key("a"), NoHead, [Write(RowAddress.Head, Guid.NewGuid())], [UploadRow(upload)], releases: [blob], ends: upload);
        Assert.Equal(CommitOutcome.Applied, (await Index.CommitAsync(complete, Token)).Outcome);

        var suspects = await SuspectsAsync();
        var released = Assert.Single(suspects, suspect => suspect.Kind == Blobs.SuspectKind.Released);
        Assert.Equal((blob, (DateTimeOffset?)null), (released.Blob, released.UnreferencedSince));

        // A store may tell namings of one moment apart by their time.
        Assert.InRange(released.Since, Clock.Now, Clock.Now.AddMilliseconds(1));
        Assert.Equal(new Blobs.BlobOwner(bucket, Key("a"), null), released.Owner);
        var ended = Assert.Single(suspects, suspect => suspect.Kind == Blobs.SuspectKind.EndedUpload);
        Assert.Equal(new Blobs.BlobOwner(bucket, Key("a"), upload), ended.Owner);
        Assert.Empty(await SuspectsAsync(Clock.Now));
    }

    [Fact]
    public async Task Buckets_that_exist_are_told_from_others()
    {
        var buckets = new List<BucketId>();
        for (var i = 0; i < 3; i++)
        {
            buckets.Add(await NewBucketAsync());
        }

        await PutAsync(buckets[1], "a");
        await Index.RemoveBucketAsync(buckets[0], Token);
        Assert.Equal(BucketRemoval.NotEmpty, await Index.RemoveBucketAsync(buckets[1], Token));
        await Index.ChangeConfigurationAsync(buckets[2], 1, Bytes(9), Token);

        // More than a store may ask for at once, most of which there never were.
        List<BucketId> asked = [.. Enumerable.Range(0, 50).Select(_ => BucketId.New()), .. buckets, .. buckets];
        Assert.True((await Index.ExistingAsync(asked, Token)).SetEquals(buckets[1..]));
        Assert.Empty(await Index.ExistingAsync([buckets[0]], Token));
        Assert.Empty(await Index.ExistingAsync([], Token));
    }

    [Fact]
    public async Task All_buckets_are_listed()
    {
        var buckets = new HashSet<BucketId>();
        for (var i = 0; i < 5; i++)
        {
            buckets.Add(await NewBucketAsync());
        }

        var removed = buckets.First();
        await Index.RemoveBucketAsync(removed, Token);
        buckets.Remove(removed);
        var listed = await Index.ListBucketsAsync(Token).ToListAsync(Token);
        Assert.Equal(buckets.Count, listed.Count);
        Assert.Equal(buckets, [.. listed]);
    }
}
