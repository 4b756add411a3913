using System.Net;
using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;

namespace S3Cassandra.Functional.Tests.Object;

public class PutObjectTests(ServerFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(ServerFixture.InlineThreshold)]
    [InlineData(ServerFixture.InlineThreshold + 1)]
    [InlineData(ServerFixture.ChunkSize)]
    [InlineData((3 * ServerFixture.ChunkSize) + 5)]
    [InlineData(20 * ServerFixture.ChunkSize)]
    public async Task What_was_put_comes_back(int size)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var body = Bytes.Of(size);

        var put = await fixture.Aws.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = "a key", InputStream = new MemoryStream(body) }, Token);
        using var get = await fixture.Aws.GetObjectAsync(bucket, "a key", Token);
        var received = new MemoryStream();
        await get.ResponseStream.CopyToAsync(received, Token);

        Assert.Equal(body, received.ToArray());
        Assert.Equal($"\"{Convert.ToHexStringLower(MD5.HashData(body))}\"", put.ETag);
        Assert.Equal(put.ETag, get.ETag);
        Assert.Equal(size, get.ContentLength);
    }

    [Fact]
    public async Task Headers_and_metadata_come_back_as_they_were_sent()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var put = await fixture.Raw.PutAsync(
            bucket,
            "k",
            "x"u8.ToArray(),
            Token,
            ("Content-Type", "text/plain; charset=x"),
            ("Content-Encoding", "gzip"),
            ("Content-Language", "de"),
            ("Content-Disposition", "attachment; filename=\"a\""),
            ("Cache-Control", "max-age=3"),
            ("Expires", "Thu, 01 Dec 2033 16:00:00 GMT"),
            ("x-amz-meta-Some-Name", "Some Value"));
        Assert.Equal(HttpStatusCode.OK, put.Status);

        var head = await fixture.Raw.HeadAsync(bucket, "k", Token);
        Assert.Equal("text/plain; charset=x", head.Headers["Content-Type"]);
        Assert.Equal("gzip", head.Headers["Content-Encoding"]);
        Assert.Equal("de", head.Headers["Content-Language"]);
        Assert.Equal("attachment; filename=\"a\"", head.Headers["Content-Disposition"]);
        Assert.Equal("max-age=3", head.Headers["Cache-Control"]);
        Assert.Equal("Thu, 01 Dec 2033 16:00:00 GMT", head.Headers["Expires"]);
        Assert.Equal("Some Value", head.Headers["x-amz-meta-some-name"]);
    }

    [Fact]
    public async Task Without_a_content_type_it_is_binary()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        await fixture.Raw.PutAsync(bucket, "k", "x"u8.ToArray(), Token);
        Assert.Equal("binary/octet-stream", (await fixture.Raw.HeadAsync(bucket, "k", Token)).Headers["Content-Type"]);
    }

    [Theory]
    [InlineData(2048, 200)]
    [InlineData(2049, 400)]
    public async Task Metadata_has_two_kibibytes(int bytes, int status)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var put = await fixture.Raw.PutAsync(bucket, "k", "x"u8.ToArray(), Token, ("x-amz-meta-ab", new string('v', bytes - 2)));
        Assert.Equal(status, (int)put.Status);
        Assert.Equal(status != 200, put.Text.Contains("MetadataTooLarge", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Metadata_beyond_ascii_comes_back_as_an_encoded_word()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var word = "=?UTF-8?B?" + Convert.ToBase64String("grün"u8) + "?=";
        await fixture.Raw.PutAsync(bucket, "k", "x"u8.ToArray(), Token, ("x-amz-meta-colour", word));
        Assert.Equal(word, (await fixture.Raw.HeadAsync(bucket, "k", Token)).Headers["x-amz-meta-colour"]);
    }

    [Fact]
    public async Task If_none_match_lets_one_of_two_writers_through()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var writers = Enumerable.Range(0, 8).Select(i => fixture.Raw.PutAsync(bucket, "k", [(byte)i], Token, ("If-None-Match", "*"))).ToArray();
        var answers = await Task.WhenAll(writers);
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(
            answers.Where(answer => answer.Status != HttpStatusCode.OK),
            answer => Assert.Contains(answer.Status, new[] { HttpStatusCode.PreconditionFailed, HttpStatusCode.Conflict }));
    }

    [Fact]
    public async Task If_match_needs_the_current_etag()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var missing = await fixture.Raw.PutAsync(bucket, "k", "1"u8.ToArray(), Token, ("If-Match", "\"0123\""));
        Assert.Equal(HttpStatusCode.NotFound, missing.Status);
        var first = await fixture.Raw.PutAsync(bucket, "k", "1"u8.ToArray(), Token);
        var second = await fixture.Raw.PutAsync(bucket, "k", "2"u8.ToArray(), Token, ("If-Match", first.Headers["ETag"]));
        Assert.Equal(HttpStatusCode.OK, second.Status);
        var third = await fixture.Raw.PutAsync(bucket, "k", "3"u8.ToArray(), Token, ("If-Match", first.Headers["ETag"]));
        Assert.Equal(HttpStatusCode.PreconditionFailed, third.Status);
        Assert.Equal("2", (await fixture.Raw.GetAsync(bucket, "k", Token)).Text);
    }

    [Theory]
    [InlineData("CRC32")]
    [InlineData("CRC32C")]
    [InlineData("CRC64NVME")]
    [InlineData("SHA1")]
    [InlineData("SHA256")]
    public async Task A_checksum_is_verified_and_given_back(string algorithm)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var body = Bytes.Of(200_000);
        await fixture.Aws.PutObjectAsync(
            new PutObjectRequest { BucketName = bucket, Key = "k", InputStream = new MemoryStream(body), ChecksumAlgorithm = new ChecksumAlgorithm(algorithm) }, Token);
        var head = await fixture.Aws.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = bucket, Key = "k", ChecksumMode = ChecksumMode.ENABLED }, Token);
        string?[] values = [head.ChecksumCRC32, head.ChecksumCRC32C, head.ChecksumCRC64NVME, head.ChecksumSHA1, head.ChecksumSHA256];
        Assert.Single(values, value => value is not null);

        var wrong = await fixture.Raw.PutAsync(
            bucket, "k", Bytes.Of(100, 2), Token, ($"x-amz-checksum-{algorithm.ToLowerInvariant()}", values.Single(value => value is not null)!));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Contains("BadDigest", wrong.Text, StringComparison.Ordinal);
        Assert.Equal(body.Length, (await fixture.Aws.GetObjectMetadataAsync(bucket, "k", Token)).ContentLength);
    }

    [Fact]
    public async Task A_wrong_md5_is_refused_and_nothing_stays()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var put = await fixture.Raw.PutAsync(bucket, "k", Bytes.Of(300_000), Token, ("Content-MD5", Convert.ToBase64String(new byte[16])));
        Assert.Equal(HttpStatusCode.BadRequest, put.Status);
        Assert.Contains("<Code>BadDigest</Code>", put.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await fixture.Raw.HeadAsync(bucket, "k", Token)).Status);
    }

    /// <summary>What the JavaScript SDK signs: the checksum of the empty body that it had then (docs/decisions/0006-presigned-checksums.md).</summary>
    [Fact]
    public async Task A_presigned_checksum_of_nothing_does_not_bind_the_body_that_comes()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var url = await PresignAsync(bucket, ("x-amz-checksum-crc32", "AAAAAA=="), ("x-amz-sdk-checksum-algorithm", "CRC32"));
        using var http = new HttpClient();
        using var put = await http.PutAsync(url, new ByteArrayContent("a body"u8.ToArray()), Token);
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        Assert.Equal("a body", (await fixture.Raw.GetAsync(bucket, "k", Token)).Text);
    }

    [Fact]
    public async Task A_checksum_header_beside_a_presigned_url_binds()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var url = await PresignAsync(bucket);
        using var http = new HttpClient();
        using var body = new ByteArrayContent("a body"u8.ToArray());
        body.Headers.Add("Content-MD5", Convert.ToBase64String(MD5.HashData("another"u8)));
        using var put = await http.PutAsync(url, body, Token);
        Assert.Equal(HttpStatusCode.BadRequest, put.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await fixture.Raw.HeadAsync(bucket, "k", Token)).Status);
    }

    private Task<string> PresignAsync(string bucket, params (string Name, string Value)[] parameters)
    {
        var request = new GetPreSignedUrlRequest
        {
            BucketName = bucket,
            Key = "k",
            Verb = HttpVerb.PUT,
            Protocol = Protocol.HTTP,
            Expires = DateTime.UtcNow.AddMinutes(5),
        };
        foreach (var (name, value) in parameters)
        {
            request.Parameters.Add(name, value);
        }

        return fixture.Aws.GetPreSignedURLAsync(request);
    }
}
