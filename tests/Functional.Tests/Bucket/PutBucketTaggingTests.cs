using System.Net;
using Amazon.S3.Model;

namespace S3Cassandra.Functional.Tests.Bucket;

public class PutBucketTaggingTests(ServerFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tags_come_back_and_go()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        (await fixture.Raw.GetAsync(bucket, null, Token, "tagging")).IsError(HttpStatusCode.NotFound, "NoSuchTagSet");
        await fixture.Aws.PutBucketTaggingAsync(
            bucket, [new Tag { Key = "a b+-=._:/@", Value = "ü" }, new Tag { Key = "c", Value = "" }], Token);
        var tags = (await fixture.Aws.GetBucketTaggingAsync(new() { BucketName = bucket }, Token)).TagSet;
        Assert.Equal([("a b+-=._:/@", "ü"), ("c", "")], tags.Select(tag => (tag.Key, tag.Value)));
        Assert.Equal(HttpStatusCode.NoContent, (await fixture.Raw.DeleteQueryAsync(bucket, "tagging", Token)).Status);
        (await fixture.Raw.GetAsync(bucket, null, Token, "tagging")).IsError(HttpStatusCode.NotFound, "NoSuchTagSet");
    }

    [Theory]
    [InlineData(128, 256, null)]
    [InlineData(129, 1, "InvalidTag")]
    [InlineData(1, 257, "InvalidTag")]
    [InlineData(0, 1, "InvalidTag")]
    public async Task Lengths_are_limited(int key, int value, string? code) =>
        await CheckAsync($"<Tag><Key>{new string('k', key)}</Key><Value>{new string('é', value)}</Value></Tag>", code);

    [Theory]
    [InlineData("<Tag><Key>a!</Key><Value>b</Value></Tag>", "InvalidTag")]
    [InlineData("<Tag><Key>a</Key><Value>b;</Value></Tag>", "InvalidTag")]
    [InlineData("<Tag><Key>AWS:a</Key><Value>b</Value></Tag>", "InvalidTag")]
    [InlineData("<Tag><Key>a</Key><Value>b</Value></Tag><Tag><Key>a</Key><Value>c</Value></Tag>", "InvalidTag")]
    [InlineData("<Tag><Key>a</Key></Tag>", "MalformedXML")]
    [InlineData("<Other/>", "MalformedXML")]
    [InlineData("", null)]
    public Task Tags_are_checked(string tags, string? code) => CheckAsync(tags, code);

    [Theory]
    [InlineData(50, null)]
    [InlineData(51, "BadRequest")]
    public Task There_are_fifty_at_most(int count, string? code) =>
        CheckAsync(string.Concat(Enumerable.Range(0, count).Select(i => $"<Tag><Key>k{i}</Key><Value/></Tag>")), code);

    private async Task CheckAsync(string tags, string? code)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var response = await fixture.Raw.PutDocumentAsync(bucket, "tagging", $"<Tagging><TagSet>{tags}</TagSet></Tagging>", Token);
        if (code is null)
        {
            Assert.Equal(HttpStatusCode.NoContent, response.Status);
        }
        else
        {
            response.IsError(HttpStatusCode.BadRequest, code);
        }
    }
}
