using System.Net;

namespace S3Cassandra.Functional.Tests.Bucket;

public class GetBucketLocationTests(ServerFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_default_region_has_no_name()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var document = (await fixture.Raw.GetAsync(bucket, null, Token, "location")).Document("LocationConstraint");
        Assert.Equal("", document.Value);
        Assert.Equal("", (await fixture.Aws.GetBucketLocationAsync(bucket, Token)).Location.Value);
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_has_no_location() =>
        (await fixture.Raw.GetAsync($"none-{Guid.NewGuid():n}", null, Token, "location")).IsError(HttpStatusCode.NotFound, "NoSuchBucket");
}
