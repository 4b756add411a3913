using System.Net;
using S3Cassandra.Storage.Checksums;

namespace S3Cassandra.Functional.Tests.Multipart;

public class UploadPartTests(ServerFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("0")]
    [InlineData("10001")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999")]
    [InlineData("")]
    public async Task A_number_is_between_1_and_10000(string number)
    {
        var upload = await Upload.BeginAsync(fixture, Token);
        var answer = await fixture.Raw.SendAsync(HttpMethod.Put, upload.Bucket, upload.Key, upload.PartQuery(number), [1], [], Token);
        answer.IsError(HttpStatusCode.BadRequest, "InvalidArgument");
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("0")]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("")]
    public async Task An_id_that_names_no_upload_is_none(string id)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var answer = await fixture.Raw.SendAsync(
            HttpMethod.Put, bucket, "k", $"partNumber=1&uploadId={Uri.EscapeDataString(id)}", [1], [], Token);
        answer.IsError(HttpStatusCode.NotFound, "NoSuchUpload");
    }

    [Fact]
    public async Task An_upload_belongs_to_its_bucket_and_key()
    {
        var upload = await Upload.BeginAsync(fixture, Token);
        var other = await fixture.Server.CreateBucketAsync(Token);
        var elsewhere = await fixture.Raw.SendAsync(HttpMethod.Put, other, upload.Key, upload.PartQuery("1"), [1], [], Token);
        elsewhere.IsError(HttpStatusCode.NotFound, "NoSuchUpload");
        var otherKey = await fixture.Raw.SendAsync(HttpMethod.Put, upload.Bucket, "another", upload.PartQuery("1"), [1], [], Token);
        otherKey.IsError(HttpStatusCode.NotFound, "NoSuchUpload");
    }

    [Fact]
    public async Task A_checksum_is_verified_and_must_be_of_the_uploads_algorithm()
    {
        var upload = await Upload.BeginAsync(fixture, Token, headers: ("x-amz-checksum-algorithm", "CRC32"));
        var body = Bytes.Of(100_000);
        var right = Convert.ToBase64String(ChecksumHash.Compute(ChecksumAlgorithm.Crc32, body));
        var put = await upload.PutPartAsync(1, body, Token, ("x-amz-checksum-crc32", right));
        Assert.Equal(right, put.Headers["x-amz-checksum-crc32"]);
        Assert.Equal(Upload.ETagOf(body), put.Headers["ETag"]);
        (await upload.PutPartAsync(2, body, Token, ("x-amz-checksum-crc32", "AAAAAA=="))).IsError(HttpStatusCode.BadRequest, "BadDigest");
        (await upload.PutPartAsync(2, body, Token, ("Content-MD5", Convert.ToBase64String(new byte[16])))).IsError(HttpStatusCode.BadRequest, "InvalidRequest");
        var sha = Convert.ToBase64String(ChecksumHash.Compute(ChecksumAlgorithm.Sha256, body));
        (await upload.PutPartAsync(2, body, Token, ("x-amz-checksum-sha256", sha))).IsError(HttpStatusCode.BadRequest, "InvalidRequest");
        Assert.Equal(["1"], (await upload.ListPartsAsync(Token)).Document("ListPartsResult").All("PartNumber"));
    }

    [Fact]
    public async Task A_customers_key_must_be_that_of_the_upload()
    {
        var key = KeyHeaders(1);
        var upload = await Upload.BeginAsync(fixture, Token, headers: key);
        var body = Bytes.Of(200_000);
        (await upload.PutPartAsync(1, body, Token)).IsError(HttpStatusCode.BadRequest, "InvalidRequest");
        (await upload.PutPartAsync(1, body, Token, KeyHeaders(2))).IsError(HttpStatusCode.BadRequest, "InvalidRequest");
        var put = await upload.PutPartAsync(1, body, Token, key);
        Assert.True((await upload.CompleteAsync(Token, (1, put.Headers["ETag"]))).IsSuccess);
        var get = await fixture.Raw.SendAsync(HttpMethod.Get, upload.Bucket, upload.Key, "", null, key, Token);
        Assert.Equal(body, get.Body);

        var plain = await Upload.BeginAsync(fixture, Token);
        (await plain.PutPartAsync(1, body, Token, key)).IsError(HttpStatusCode.BadRequest, "InvalidRequest");
    }

    private static (string, string)[] KeyHeaders(byte seed)
    {
        var key = Enumerable.Repeat(seed, 32).ToArray();
        return
        [
            ("x-amz-server-side-encryption-customer-algorithm", "AES256"),
            ("x-amz-server-side-encryption-customer-key", Convert.ToBase64String(key)),
            ("x-amz-server-side-encryption-customer-key-MD5", Convert.ToBase64String(System.Security.Cryptography.MD5.HashData(key))),
        ];
    }
}
