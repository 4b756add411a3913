using System.Net;

namespace S3Cassandra.Functional.Tests.Bucket;

public class DeleteBucketTests(ServerFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_empty_bucket_goes_and_its_name_is_free()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        Assert.Equal(HttpStatusCode.NoContent, (await fixture.Raw.DeleteAsync(bucket, null, Token)).Status);
        (await fixture.Raw.GetAsync(bucket, null, Token)).IsError(HttpStatusCode.NotFound, "NoSuchBucket");
        (await fixture.Raw.DeleteAsync(bucket, null, Token)).IsError(HttpStatusCode.NotFound, "NoSuchBucket");
        await fixture.Raw.CreateBucketAsync(bucket, Token);
    }

    [Fact]
    public async Task A_bucket_with_an_object_stays()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        await fixture.Raw.PutAsync(bucket, "k", [1], Token);
        (await fixture.Raw.DeleteAsync(bucket, null, Token)).IsError(HttpStatusCode.Conflict, "BucketNotEmpty");
        await fixture.Raw.DeleteAsync(bucket, "k", Token);
        Assert.Equal(HttpStatusCode.NoContent, (await fixture.Raw.DeleteAsync(bucket, null, Token)).Status);
    }

    [Fact]
    public async Task A_bucket_with_a_delete_marker_stays()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token, versioned: true);
        var marker = await fixture.Raw.DeleteAsync(bucket, "k", Token);
        var refused = await fixture.Raw.DeleteAsync(bucket, null, Token);
        refused.IsError(HttpStatusCode.Conflict, "BucketNotEmpty");
        Assert.Contains("You must delete all versions in the bucket.", refused.Text, StringComparison.Ordinal);
        await fixture.Aws.DeleteObjectAsync(
            new() { BucketName = bucket, Key = "k", VersionId = marker.Headers["x-amz-version-id"] }, Token);
        Assert.Equal(HttpStatusCode.NoContent, (await fixture.Raw.DeleteAsync(bucket, null, Token)).Status);
    }

    [Fact]
    public async Task A_bucket_made_again_inherits_nothing()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token, versioned: true);
        const string Tags = "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>";
        await fixture.Raw.PutDocumentAsync(bucket, "tagging", Tags, Token);
        await fixture.Raw.DeleteAsync(bucket, null, Token);
        await fixture.Raw.CreateBucketAsync(bucket, Token);
        (await fixture.Raw.GetAsync(bucket, null, Token, "tagging")).IsError(HttpStatusCode.NotFound, "NoSuchTagSet");
        Assert.Empty((await fixture.Raw.GetAsync(bucket, null, Token, "versioning")).Document("VersioningConfiguration").All("Status"));
    }
}
