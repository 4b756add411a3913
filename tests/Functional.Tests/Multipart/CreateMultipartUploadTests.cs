using System.Net;

namespace S3Cassandra.Functional.Tests.Multipart;

public class CreateMultipartUploadTests(ServerFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_object_is_to_have_is_said_when_the_upload_begins()
    {
        var upload = await Upload.BeginAsync(
            fixture,
            Token,
            headers: [("Content-Type", "text/x"), ("x-amz-meta-colour", "green"), ("x-amz-tagging", "a=1&b=2"), ("x-amz-server-side-encryption", "AES256")]);
        var body = Bytes.Of(1000);
        await upload.PutPartAsync(1, body, Token);
        Assert.True((await upload.CompleteAsync(Token, (1, Upload.ETagOf(body)))).IsSuccess);
        var get = await fixture.Raw.GetAsync(upload.Bucket, upload.Key, Token);
        Assert.Equal(body, get.Body);
        Assert.Equal("text/x", get.Headers["Content-Type"]);
        Assert.Equal("green", get.Headers["x-amz-meta-colour"]);
        Assert.Equal("2", get.Headers["x-amz-tagging-count"]);
        Assert.Equal("AES256", get.Headers["x-amz-server-side-encryption"]);
    }

    [Theory]
    [InlineData("CRC32", null, "COMPOSITE")]
    [InlineData("CRC32", "FULL_OBJECT", "FULL_OBJECT")]
    [InlineData("CRC64NVME", null, "FULL_OBJECT")]
    [InlineData("SHA256", "COMPOSITE", "COMPOSITE")]
    public async Task An_algorithm_has_a_type(string algorithm, string? type, string expected)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        (string, string)[] headers = [("x-amz-checksum-algorithm", algorithm), .. type is null ? Array.Empty<(string, string)>() : [("x-amz-checksum-type", type)]];
        var answer = await fixture.Raw.SendAsync(HttpMethod.Post, bucket, "k", "uploads", [], headers, Token);
        Assert.Equal(algorithm, answer.Headers["x-amz-checksum-algorithm"]);
        Assert.Equal(expected, answer.Headers["x-amz-checksum-type"]);
    }

    [Theory]
    [InlineData("SHA256", "FULL_OBJECT")]
    [InlineData("CRC64NVME", "COMPOSITE")]
    [InlineData("CRC7", "COMPOSITE")]
    [InlineData("CRC32", "HALF_OBJECT")]
    [InlineData("", "FULL_OBJECT")]
    public async Task What_does_not_go_together_is_refused(string algorithm, string type)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var answer = await fixture.Raw.SendAsync(
            HttpMethod.Post, bucket, "k", "uploads", [], [("x-amz-checksum-algorithm", algorithm), ("x-amz-checksum-type", type)], Token);
        answer.IsError(HttpStatusCode.BadRequest, "InvalidRequest");
    }
}
