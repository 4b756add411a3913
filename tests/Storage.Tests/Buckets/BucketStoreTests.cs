using S3Cassandra.Storage.Buckets;
using S3Cassandra.Storage.Encryption;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.Storage.Tests.Buckets;

public class BucketStoreTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_bucket_is_as_it_was_made()
    {
        await using var world = new BucketWorld();
        var made = await world.CreateAsync();
        Assert.Equal(made.Id, (await world.Buckets.FindAsync("photos", Token))!.Id);
        var read = await world.Elsewhere.ReadAsync("photos", Token);
        Assert.NotNull(read);
        Assert.Equal(("photos", made.Id, "us-east-1", BucketWorld.Alice), (read.Name, read.Id, read.Region, read.Owner));
        Assert.Equal(world.Time.GetUtcNow(), read.Created);
        Assert.Equal(made.Revision, read.Revision);
        Assert.Null(await world.Buckets.FindAsync("photo", Token));
    }

    [Fact]
    public async Task A_record_survives_being_stored()
    {
        await using var world = new BucketWorld();
        var bucket = await world.CreateAsync();
        var rule = new CorsRule
        {
            Id = "",
            AllowedOrigins = ["https://*.example.com", "é"],
            AllowedMethods = ["GET", "PUT"],
            AllowedHeaders = ["*"],
            ExposeHeaders = ["ETag"],
            MaxAgeSeconds = -1,
        };
        ObjectTag[] tags = [new("project", "ünïcode"), new("empty", "")];
        var outcome = await world.Buckets.ChangeAsync(
            bucket, record => record with { Cors = [rule, new CorsRule()], Tags = tags, DefaultEncryption = EncryptionKind.SseS3 }, Token);
        Assert.Equal(BucketChangeOutcome.Changed, outcome);
        var read = (await world.Elsewhere.ReadAsync("photos", Token))!;
        Assert.Equal(tags, read.Tags);
        Assert.Equal(EncryptionKind.SseS3, read.DefaultEncryption);
        Assert.Equivalent(rule, read.Cors[0], strict: true);
        Assert.Equivalent(new CorsRule(), read.Cors[1], strict: true);
        Assert.Equal(bucket.Created, read.Created);
    }

    [Fact]
    public async Task A_name_is_claimed_once()
    {
        await using var world = new BucketWorld();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() => BucketWorld.CreateAsync(
            i % 2 == 0 ? world.Buckets : world.Elsewhere, "photos", i % 4 < 2 ? BucketWorld.Alice : BucketWorld.Bob))));
        var created = Assert.Single(outcomes, outcome => outcome.Status == CreateBucketStatus.Created);
        Assert.All(outcomes, outcome => Assert.Equal(created.Bucket!.Id, outcome.Bucket!.Id));
        var owner = created.Bucket!.Owner;
        Assert.Equal(15, outcomes.Count(outcome => outcome.Status == CreateBucketStatus.OwnedByYou));
        Assert.Equal(16, outcomes.Count(outcome => outcome.Status == CreateBucketStatus.Taken));
        Assert.Equal(owner, (await world.Buckets.ReadAsync("photos", Token))!.Owner);
        Assert.Equal(1, await world.CountKeySpacesAsync());
    }

    [Theory]
    [InlineData(IndexSection.Head, DeleteBucketOutcome.NotEmpty)]
    [InlineData(IndexSection.Version, DeleteBucketOutcome.NotEmpty)]
    [InlineData(IndexSection.HiddenHead, DeleteBucketOutcome.NotEmpty)]
    [InlineData(IndexSection.Upload, DeleteBucketOutcome.Deleted)]
    public async Task Only_an_empty_bucket_is_deleted(IndexSection section, DeleteBucketOutcome expected)
    {
        await using var world = new BucketWorld();
        var bucket = await world.CreateAsync();
        var suffix = section switch
        {
            IndexSection.Version => VersionId.New(1).ToBytes(),
            IndexSection.Upload => UploadId.New(world.Time.GetUtcNow()).ToBytes(),
            _ => [],
        };
        await world.PutRowAsync(bucket, new RowAddress(section, suffix));
        Assert.Equal(expected, await world.Buckets.DeleteAsync(bucket, Token));
        Assert.Equal(expected == DeleteBucketOutcome.NotEmpty, await world.Buckets.FindAsync("photos", Token) is not null);
    }

    [Fact]
    public async Task A_bucket_made_again_is_another()
    {
        await using var world = new BucketWorld();
        var first = await world.CreateAsync();
        Assert.Equal(DeleteBucketOutcome.Deleted, await world.Buckets.DeleteAsync(first, Token));
        var second = (await BucketWorld.CreateAsync(world.Buckets, "photos", BucketWorld.Bob)).Bucket!;
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(DeleteBucketOutcome.NotFound, await world.Buckets.DeleteAsync(first, Token));
        Assert.Equal(
            BucketChangeOutcome.NotFound,
            await world.Buckets.ChangeAsync(first, record => record with { Tags = [new ObjectTag("a", "b")] }, Token));
        var read = (await world.Buckets.ReadAsync("photos", Token))!;
        Assert.Equal(second.Id, read.Id);
        Assert.Empty(read.Tags);
    }

    [Fact]
    public async Task Changes_at_once_all_take_effect()
    {
        await using var world = new BucketWorld();
        var bucket = await world.CreateAsync();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
            await (i % 2 == 0 ? world.Buckets : world.Elsewhere).ChangeAsync(
                bucket, record => record with { Tags = [.. record.Tags, new ObjectTag($"tag{i}", "")] }, Token))));
        Assert.All(outcomes, outcome => Assert.Equal(BucketChangeOutcome.Changed, outcome));
        var tags = (await world.Buckets.ReadAsync("photos", Token))!.Tags.Select(tag => tag.Key);
        Assert.Equal(Enumerable.Range(0, 16).Select(i => $"tag{i}").Order(), tags.Order());
    }

    [Fact]
    public async Task Buckets_are_listed_by_name()
    {
        await using var world = new BucketWorld();
        foreach (var name in new[] { "cc", "a-b", "a.b", "ab", "aa" })
        {
            await world.CreateAsync(name);
        }

        Assert.Equal(["a-b", "a.b", "aa", "ab", "cc"], await Names("", null, 10));
        Assert.Equal(["a-b", "a.b", "aa", "ab"], await Names("a", null, 10));
        Assert.Equal(["aa", "ab"], await Names("a", "a.b", 2));
        Assert.Equal(["a-b", "a.b"], await Names("", null, 2));

        async Task<IEnumerable<string>> Names(string prefix, string? after, int limit) =>
            (await world.Buckets.ListAsync(prefix, after, limit, BucketWorld.All, Token)).Select(bucket => bucket.Name);
    }

    [Fact]
    public async Task Buckets_that_are_not_asked_for_do_not_count()
    {
        await using var world = new BucketWorld();
        for (var number = 10; number < 40; number++)
        {
            await BucketWorld.CreateAsync(world.Buckets, $"name-{number}", number % 10 == 9 ? BucketWorld.Bob : BucketWorld.Alice);
        }

        Assert.Equal(["name-19", "name-29"], await Bobs(null, 2));
        Assert.Equal(["name-39"], await Bobs("name-29", 2));
        Assert.Equal(["name-19", "name-29", "name-39"], await Bobs(null, 3));
        Assert.Empty(await Bobs("name-39", 1));

        async Task<IEnumerable<string>> Bobs(string? after, int limit) =>
            (await world.Buckets.ListAsync("", after, limit, bucket => bucket.Owner == BucketWorld.Bob, Token)).Select(bucket => bucket.Name);
    }

    [Theory]
    [InlineData("abc", true)]
    [InlineData("my.bucket-1", true)]
    [InlineData("1.2.3.4.5", true)]
    [InlineData("a12345678901234567890123456789012345678901234567890123456789012", true)]
    [InlineData("a123456789012345678901234567890123456789012345678901234567890123", false)]
    [InlineData("ab", false)]
    [InlineData("", false)]
    [InlineData("Abc", false)]
    [InlineData("a_b", false)]
    [InlineData("-abc", false)]
    [InlineData("abc-", false)]
    [InlineData("abc.", false)]
    [InlineData(".abc", false)]
    [InlineData("a..b", false)]
    [InlineData("192.168.5.4", false)]
    [InlineData("xn--bucket", false)]
    [InlineData("sthree-bucket", false)]
    [InlineData("amzn-s3-demo-bucket", false)]
    [InlineData("bucket-s3alias", false)]
    [InlineData("bucket--ol-s3", false)]
    [InlineData("bucket.mrap", false)]
    [InlineData("bucket--x-s3", false)]
    [InlineData("bücket", false)]
    [InlineData("a/b", false)]
    [InlineData("..", false)]
    public void Names_follow_the_rules(string name, bool valid) => Assert.Equal(valid, BucketName.IsValid(name));
}
