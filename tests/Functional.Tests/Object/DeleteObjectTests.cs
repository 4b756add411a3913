using System.Net;

namespace S3Cassandra.Functional.Tests.Object;

public class DeleteObjectTests(ServerFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_gone_and_deleting_it_again_is_no_error()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        await fixture.Raw.PutAsync(bucket, "k", "x"u8.ToArray(), Token);
        for (var i = 0; i < 2; i++)
        {
            var delete = await fixture.Raw.DeleteAsync(bucket, "k", Token);
            Assert.Equal(HttpStatusCode.NoContent, delete.Status);
            Assert.False(delete.Headers.ContainsKey("x-amz-version-id"));
            Assert.Equal(HttpStatusCode.NotFound, (await fixture.Raw.HeadAsync(bucket, "k", Token)).Status);
        }
    }

    [Fact]
    public async Task With_versions_it_hides_and_removing_the_marker_brings_it_back()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token, versioned: true);
        var version = (await fixture.Raw.PutAsync(bucket, "k", "x"u8.ToArray(), Token)).Headers["x-amz-version-id"];
        var delete = await fixture.Raw.DeleteAsync(bucket, "k", Token);
        Assert.Equal("true", delete.Headers["x-amz-delete-marker"]);
        var marker = delete.Headers["x-amz-version-id"];
        Assert.NotEqual(version, marker);

        var hidden = await fixture.Raw.GetAsync(bucket, "k", Token);
        Assert.Equal(HttpStatusCode.NotFound, hidden.Status);
        Assert.Equal("true", hidden.Headers["x-amz-delete-marker"]);
        Assert.Equal(marker, hidden.Headers["x-amz-version-id"]);
        var byId = await fixture.Raw.GetAsync(bucket, "k", Token, $"versionId={marker}");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, byId.Status);
        Assert.Equal("true", byId.Headers["x-amz-delete-marker"]);
        Assert.True(byId.Headers.ContainsKey("Last-Modified"));
        Assert.Equal("x", (await fixture.Raw.GetAsync(bucket, "k", Token, $"versionId={version}")).Text);

        var removal = await DeleteVersionAsync(bucket, "k", marker);
        Assert.Equal("true", removal.Headers["x-amz-delete-marker"]);
        Assert.Equal(marker, removal.Headers["x-amz-version-id"]);
        Assert.Equal("x", (await fixture.Raw.GetAsync(bucket, "k", Token)).Text);

        Assert.False((await DeleteVersionAsync(bucket, "k", version)).Headers.ContainsKey("x-amz-delete-marker"));
        Assert.Equal(HttpStatusCode.NoContent, (await DeleteVersionAsync(bucket, "k", version)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await fixture.Raw.GetAsync(bucket, "k", Token)).Status);
    }

    [Fact]
    public async Task What_was_there_before_versioning_is_the_null_version()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var body = Bytes.Of(100_000);
        await fixture.Raw.PutAsync(bucket, "small", "old"u8.ToArray(), Token);
        await fixture.Raw.PutAsync(bucket, "large", body, Token);
        await fixture.Server.SetVersioningAsync(bucket, "Enabled", Token);
        Assert.Equal("null", (await fixture.Raw.HeadAsync(bucket, "small", Token)).Headers["x-amz-version-id"]);
        await fixture.Raw.PutAsync(bucket, "small", "new"u8.ToArray(), Token);
        await fixture.Raw.DeleteAsync(bucket, "large", Token);
        Assert.Equal("old", (await fixture.Raw.GetAsync(bucket, "small", Token, "versionId=null")).Text);
        Assert.Equal(body, (await fixture.Raw.GetAsync(bucket, "large", Token, "versionId=null")).Body);

        await fixture.Server.SetVersioningAsync(bucket, "Suspended", Token);
        Assert.False((await fixture.Raw.PutAsync(bucket, "small", "newest"u8.ToArray(), Token)).Headers.ContainsKey("x-amz-version-id"));
        Assert.Equal("newest", (await fixture.Raw.GetAsync(bucket, "small", Token, "versionId=null")).Text);
        Assert.Equal("null", (await DeleteVersionAsync(bucket, "small", "null")).Headers["x-amz-version-id"]);
        Assert.Equal("new", (await fixture.Raw.GetAsync(bucket, "small", Token)).Text);
    }

    [Fact]
    public async Task Conditions_hold_of_the_current_object()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var etag = (await fixture.Raw.PutAsync(bucket, "k", "xyz"u8.ToArray(), Token)).Headers["ETag"];
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await fixture.Raw.DeleteAsync(bucket, "k", Token, ("If-Match", "\"1\""))).Status);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await fixture.Raw.DeleteAsync(bucket, "k", Token, ("x-amz-if-match-size", "4"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await fixture.Raw.DeleteAsync(bucket, "k", Token, ("x-amz-if-match-size", "-4"))).Status);
        Assert.Equal(
            HttpStatusCode.NoContent, (await fixture.Raw.DeleteAsync(bucket, "k", Token, ("If-Match", etag), ("x-amz-if-match-size", "3"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await fixture.Raw.DeleteAsync(bucket, "k", Token, ("If-Match", "*"))).Status);
    }

    private Task<Support.S3Response> DeleteVersionAsync(string bucket, string key, string version) =>
        fixture.Raw.SendAsync(HttpMethod.Delete, bucket, key, $"versionId={version}", null, [], Token);
}
