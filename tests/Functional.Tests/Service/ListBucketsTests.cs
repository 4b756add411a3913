using System.Net;
using Amazon.S3.Model;

namespace S3Cassandra.Functional.Tests.Service;

public class ListBucketsTests(ServerFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_give_every_bucket_of_the_prefix_once()
    {
        var prefix = $"list-{Guid.NewGuid():n}-"[..20];
        string[] names = [prefix + "a", prefix + "b", prefix + "c.d", prefix + "c-d", prefix + "e"];
        foreach (var name in names)
        {
            await fixture.Raw.CreateBucketAsync(name, Token);
        }

        var listed = new List<string>();
        var request = new ListBucketsRequest { Prefix = prefix, MaxBuckets = 2 };
        do
        {
            var page = await fixture.Aws.ListBucketsAsync(request, Token);
            Assert.InRange(page.Buckets.Count, 1, 2);
            Assert.All(page.Buckets, bucket => Assert.Equal("us-east-1", bucket.BucketRegion));
            Assert.Equal(64, page.Owner.Id.Length);
            listed.AddRange(page.Buckets.Select(bucket => bucket.BucketName));
            request.ContinuationToken = page.ContinuationToken;
        }
        while (request.ContinuationToken is not null);
        Assert.Equal(names.Order(StringComparer.Ordinal), listed);
    }

    [Fact]
    public async Task Without_parameters_all_are_listed_and_no_regions()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var document = (await fixture.Raw.GetAsync("", null, Token)).Document("ListAllMyBucketsResult");
        Assert.Contains(bucket, document.All("Name"));
        Assert.Empty(document.All("BucketRegion"));
        Assert.Empty(document.All("ContinuationToken"));
    }

    [Fact]
    public async Task Of_another_region_there_are_none()
    {
        await fixture.Server.CreateBucketAsync(Token);
        var document = (await fixture.Raw.GetAsync("", null, Token, "bucket-region=eu-west-1")).Document("ListAllMyBucketsResult");
        Assert.Empty(document.All("Name"));
    }

    [Theory]
    [InlineData("max-buckets=0")]
    [InlineData("max-buckets=-1")]
    [InlineData("max-buckets=10001")]
    [InlineData("max-buckets=x")]
    [InlineData("continuation-token=")]
    [InlineData("continuation-token=AWJhciTaysFvhfK2")]
    [InlineData("continuation-token=%3F%3F")]
    public async Task Wrong_parameters_are_refused(string query) =>
        (await fixture.Raw.GetAsync("", null, Token, query)).IsError(HttpStatusCode.BadRequest, "InvalidArgument");
}
