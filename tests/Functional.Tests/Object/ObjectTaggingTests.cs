using System.Net;
using System.Text;
using Amazon.S3.Model;

namespace S3Cassandra.Functional.Tests.Object;

public class ObjectTaggingTests(ServerFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tags_are_put_read_and_deleted_and_change_nothing_else()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var etag = (await fixture.Raw.PutAsync(bucket, "k", Bytes.Of(50_000), Token)).Headers["ETag"];
        var before = await fixture.Raw.HeadAsync(bucket, "k", Token);
        await fixture.Aws.PutObjectTaggingAsync(
            new PutObjectTaggingRequest { BucketName = bucket, Key = "k", Tagging = new Tagging { TagSet = [new Tag { Key = "a b", Value = "ü" }] } }, Token);
        var tags = (await fixture.Aws.GetObjectTaggingAsync(new GetObjectTaggingRequest { BucketName = bucket, Key = "k" }, Token)).Tagging;
        Assert.Equal(("a b", "ü"), (tags.Single().Key, tags.Single().Value));
        var after = await fixture.Raw.HeadAsync(bucket, "k", Token);
        Assert.Equal("1", after.Headers["x-amz-tagging-count"]);
        Assert.Equal(etag, after.Headers["ETag"]);
        Assert.Equal(before.Headers["Last-Modified"], after.Headers["Last-Modified"]);
        Assert.Equal(Bytes.Of(50_000), (await fixture.Raw.GetAsync(bucket, "k", Token)).Body);

        var delete = await fixture.Raw.SendAsync(HttpMethod.Delete, bucket, "k", "tagging", null, [], Token);
        Assert.Equal(HttpStatusCode.NoContent, delete.Status);
        Assert.Contains("<TagSet></TagSet>", (await fixture.Raw.GetAsync(bucket, "k", Token, "tagging")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_version_has_tags_of_its_own()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token, versioned: true);
        var old = (await fixture.Raw.PutAsync(bucket, "k", "1"u8.ToArray(), Token, ("x-amz-tagging", "v=old"))).Headers["x-amz-version-id"];
        await fixture.Raw.PutAsync(bucket, "k", "2"u8.ToArray(), Token, ("x-amz-tagging", "v=new"));
        var put = await PutTagsAsync(bucket, $"tagging&versionId={old}", "<Tag><Key>v</Key><Value>other</Value></Tag>");
        Assert.Equal(old, put.Headers["x-amz-version-id"]);
        Assert.Contains("other", (await fixture.Raw.GetAsync(bucket, "k", Token, $"tagging&versionId={old}")).Text, StringComparison.Ordinal);
        Assert.Contains("new", (await fixture.Raw.GetAsync(bucket, "k", Token, "tagging")).Text, StringComparison.Ordinal);
        Assert.Equal("1", (await fixture.Raw.GetAsync(bucket, "k", Token, $"versionId={old}")).Text);
        var marker = (await fixture.Raw.DeleteAsync(bucket, "k", Token)).Headers["x-amz-version-id"];
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await PutTagsAsync(bucket, $"tagging&versionId={marker}", "")).Status);
    }

    [Theory]
    [InlineData("<Tag><Key></Key><Value>v</Value></Tag>", "InvalidTag")]
    [InlineData("<Tag><Key>aws:x</Key><Value>v</Value></Tag>", "InvalidTag")]
    [InlineData("<Tag><Key>a</Key><Value>v</Value></Tag><Tag><Key>a</Key><Value>w</Value></Tag>", "InvalidTag")]
    [InlineData("<Tag><Key>a</Key></Tag>", "MalformedXML")]
    [InlineData("<Tag><Key>a*</Key><Value>v</Value></Tag>", "InvalidTag")]
    public async Task Tags_that_are_none_are_refused(string tags, string code)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        await fixture.Raw.PutAsync(bucket, "k", "x"u8.ToArray(), Token);
        Assert.Contains($"<Code>{code}</Code>", (await PutTagsAsync(bucket, "tagging", tags)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, 128, 256, 200)]
    [InlineData(11, 1, 1, 400)]
    [InlineData(1, 129, 1, 400)]
    [InlineData(1, 1, 257, 400)]
    public async Task Limits_are_aws_own(int count, int keyLength, int valueLength, int expected)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        await fixture.Raw.PutAsync(bucket, "k", "x"u8.ToArray(), Token);
        var tags = string.Concat(Enumerable.Range(0, count).Select(i =>
            $"<Tag><Key>{(char)('a' + i)}{new string('k', keyLength - 1)}</Key><Value>{new string('v', valueLength)}</Value></Tag>"));
        Assert.Equal(expected, (int)(await PutTagsAsync(bucket, "tagging", tags)).Status);
    }

    [Fact]
    public async Task Of_what_is_not_there_they_are_not_found()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        Assert.Contains("NoSuchKey", (await fixture.Raw.GetAsync(bucket, "k", Token, "tagging")).Text, StringComparison.Ordinal);
        Assert.Contains("NoSuchKey", (await PutTagsAsync(bucket, "tagging", "")).Text, StringComparison.Ordinal);
    }

    private Task<Support.S3Response> PutTagsAsync(string bucket, string query, string tags) => fixture.Raw.SendAsync(
        HttpMethod.Put, bucket, "k", query, Encoding.UTF8.GetBytes($"<Tagging><TagSet>{tags}</TagSet></Tagging>"), [], Token);
}
