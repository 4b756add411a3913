using S3Cassandra.S3Server.Tests.Server;

namespace S3Cassandra.S3Server.Tests.Http.Bodies;

/// <summary>docs/decisions/0006: what an SDK signs into a presigned PUT before it knows the body.</summary>
public class PresignedChecksumTests
{
    [Fact]
    public async Task A_checksum_in_the_URL_promises_nothing_of_the_body()
    {
        await using var server = await TestServer.StartWithBucketAsync();
        var query = new TestSigner(DateTimeOffset.UtcNow).Presign(
            "PUT", "/bucket/key", server.Client.Host, "x-amz-checksum-crc32=AAAAAA%3D%3D&x-amz-sdk-checksum-algorithm=CRC32");
        Assert.Equal(200, (await server.Client.SendAsync("PUT", $"/bucket/key?{query}", body: "a body")).Status);
        Assert.Equal("a body", (await server.Client.SignedAsync("GET", "/bucket/key")).Body);
    }

    [Fact]
    public async Task Other_parameters_count_as_headers()
    {
        await using var server = await TestServer.StartWithBucketAsync();
        var query = new TestSigner(DateTimeOffset.UtcNow).Presign("PUT", "/bucket/key", server.Client.Host, "x-amz-meta-colour=blue");
        Assert.Equal(200, (await server.Client.SendAsync("PUT", $"/bucket/key?{query}", body: "a body")).Status);
        Assert.Equal("blue", (await server.Client.SignedAsync("HEAD", "/bucket/key")).Header("x-amz-meta-colour"));

        var refused = new TestSigner(DateTimeOffset.UtcNow).Presign("PUT", "/bucket/key", server.Client.Host, "x-amz-acl=public-read");
        Assert.Equal("AccessControlListNotSupported", (await server.Client.SendAsync("PUT", $"/bucket/key?{refused}", body: "x")).Code);
    }

    [Fact]
    public async Task An_unsigned_header_beside_a_URL_is_refused()
    {
        await using var server = await TestServer.StartWithBucketAsync();
        await server.Client.SignedAsync("PUT", "/bucket/secret", body: "secret");
        var query = new TestSigner(DateTimeOffset.UtcNow).Presign("PUT", "/bucket/key", server.Client.Host);
        var refused = await server.Client.SendAsync(
            "PUT", $"/bucket/key?{query}", new Dictionary<string, string> { ["x-amz-copy-source"] = "/bucket/secret" });
        Assert.Equal((403, "AccessDenied"), (refused.Status, refused.Code));
        Assert.Equal(404, (await server.Client.SignedAsync("GET", "/bucket/key")).Status);
    }
}
