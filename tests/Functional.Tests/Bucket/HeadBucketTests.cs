using System.Net;

namespace S3Cassandra.Functional.Tests.Bucket;

public class HeadBucketTests(ServerFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_bucket_names_its_region()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var response = await fixture.Raw.SendAsync(HttpMethod.Head, bucket, null, "", null, [], Token);
        Assert.Equal(HttpStatusCode.OK, response.Status);
        Assert.Equal("us-east-1", response.Headers["x-amz-bucket-region"]);
        Assert.Empty(response.Body);
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_has_no_document()
    {
        var response = await fixture.Raw.SendAsync(HttpMethod.Head, $"none-{Guid.NewGuid():n}", null, "", null, [], Token);
        Assert.Equal(HttpStatusCode.NotFound, response.Status);
        Assert.Equal("us-east-1", response.Headers["x-amz-bucket-region"]);
        Assert.Empty(response.Body);
    }

    [Fact]
    public async Task Another_expected_owner_is_refused()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var response = await fixture.Raw.SendAsync(
            HttpMethod.Head, bucket, null, "", null, [("x-amz-expected-bucket-owner", "000000000000")], Token);
        Assert.Equal(HttpStatusCode.Forbidden, response.Status);
    }
}
