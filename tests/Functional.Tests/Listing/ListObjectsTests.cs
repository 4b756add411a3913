using System.Net;
using Amazon.S3.Model;

namespace S3Cassandra.Functional.Tests.Listing;

public class ListObjectsTests(ServerFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_go_on_after_the_marker()
    {
        var bucket = await FillAsync("a", "b/1", "b/2", "c", "d/1");
        var first = await fixture.Aws.ListObjectsAsync(new ListObjectsRequest { BucketName = bucket, Delimiter = "/", MaxKeys = 2 }, Token);
        Assert.Equal(["a"], first.S3Objects.Select(entry => entry.Key));
        Assert.Equal(["b/"], first.CommonPrefixes);
        Assert.True(first.IsTruncated);
        Assert.Equal("b/", first.NextMarker);
        var second = await fixture.Aws.ListObjectsAsync(
            new ListObjectsRequest { BucketName = bucket, Delimiter = "/", MaxKeys = 2, Marker = first.NextMarker }, Token);
        Assert.Equal(["c"], second.S3Objects.Select(entry => entry.Key));
        Assert.Equal(["d/"], second.CommonPrefixes);
        Assert.False(second.IsTruncated);
        Assert.Null(second.NextMarker);
    }

    [Fact]
    public async Task Without_a_delimiter_there_is_no_next_marker()
    {
        var bucket = await FillAsync("a", "b");
        var document = (await fixture.Raw.GetAsync(bucket, null, Token, "max-keys=1")).Document("ListBucketResult");
        Assert.Equal("true", document.Element("IsTruncated")!.Value);
        Assert.Null(document.Element("NextMarker"));
        Assert.Equal("", document.Element("Marker")!.Value);
        Assert.Equal("", document.Element("Prefix")!.Value);
    }

    [Fact]
    public async Task Owners_are_always_named()
    {
        var bucket = await FillAsync("a");
        var entry = Assert.Single((await fixture.Aws.ListObjectsAsync(bucket, Token)).S3Objects);
        Assert.Equal(64, entry.Owner.Id.Length);
        Assert.Equal("STANDARD", entry.StorageClass.Value);
        Assert.Equal("\"c4ca4238a0b923820dcc509a6f75849b\"", entry.ETag);
    }

    [Theory]
    [InlineData("max-keys=-1")]
    [InlineData("max-keys=x")]
    [InlineData("max-keys=2147483648")]
    [InlineData("encoding-type=base64")]
    public async Task Wrong_parameters_are_refused(string query)
    {
        var bucket = await FillAsync();
        (await fixture.Raw.GetAsync(bucket, null, Token, query)).IsError(HttpStatusCode.BadRequest, "InvalidArgument");
    }

    private async Task<string> FillAsync(params string[] keys)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        foreach (var key in keys)
        {
            Assert.True((await fixture.Raw.PutAsync(bucket, key, "1"u8.ToArray(), Token)).IsSuccess);
        }

        return bucket;
    }
}
