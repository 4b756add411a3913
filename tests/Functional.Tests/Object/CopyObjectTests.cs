using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using S3Cassandra.Support;

namespace S3Cassandra.Functional.Tests.Object;

public class CopyObjectTests(ServerFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData((3 * ServerFixture.ChunkSize) + 7)]
    public async Task A_copy_has_bytes_metadata_and_tags_of_its_source(int size)
    {
        var (source, target) = (await fixture.Server.CreateBucketAsync(Token), await fixture.Server.CreateBucketAsync(Token));
        var body = Bytes.Of(size);
        await fixture.Raw.PutAsync(
            source, "from ü+", body, Token, ("Content-Type", "text/a"), ("x-amz-meta-a", "b"), ("x-amz-tagging", "t=1"), ("x-amz-checksum-algorithm", "SHA256"));
        var copy = await CopyAsync(target, "to", $"{source}/from%20%C3%BC%2B");
        Assert.Equal(HttpStatusCode.OK, copy.Status);
        Assert.Contains("<CopyObjectResult", copy.Text, StringComparison.Ordinal);
        var get = await fixture.Raw.GetAsync(target, "to", Token);
        Assert.Equal(body, get.Body);
        Assert.Equal("text/a", get.Headers["Content-Type"]);
        Assert.Equal("b", get.Headers["x-amz-meta-a"]);
        Assert.Equal("1", get.Headers["x-amz-tagging-count"]);
    }

    [Fact]
    public async Task Directives_replace_metadata_and_tags()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        await fixture.Raw.PutAsync(bucket, "a", "x"u8.ToArray(), Token, ("x-amz-meta-a", "b"), ("x-amz-tagging", "t=1"));
        await CopyAsync(
            bucket, "b", $"/{bucket}/a", ("x-amz-metadata-directive", "REPLACE"), ("x-amz-meta-c", "d"), ("x-amz-tagging-directive", "REPLACE"), ("x-amz-tagging", "u=2&v=3"));
        var head = await fixture.Raw.HeadAsync(bucket, "b", Token);
        Assert.False(head.Headers.ContainsKey("x-amz-meta-a"));
        Assert.Equal("d", head.Headers["x-amz-meta-c"]);
        Assert.Equal("2", head.Headers["x-amz-tagging-count"]);
        Assert.Equal(HttpStatusCode.BadRequest, (await CopyAsync(bucket, "b", $"/{bucket}/a", ("x-amz-metadata-directive", "MERGE"))).Status);
    }

    [Fact]
    public async Task Onto_itself_something_has_to_change()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        await fixture.Raw.PutAsync(bucket, "a", "x"u8.ToArray(), Token);
        var same = await CopyAsync(bucket, "a", $"{bucket}/a");
        Assert.Equal(HttpStatusCode.BadRequest, same.Status);
        Assert.Contains("<Code>InvalidRequest</Code>", same.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await CopyAsync(bucket, "a", $"{bucket}/a", ("x-amz-metadata-directive", "REPLACE"), ("x-amz-meta-n", "1"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await CopyAsync(bucket, "a", $"{bucket}/a", ("x-amz-server-side-encryption", "AES256"))).Status);
        Assert.Equal("x", (await fixture.Raw.GetAsync(bucket, "a", Token)).Text);
    }

    [Fact]
    public async Task An_old_version_is_restored_by_copying_it()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token, versioned: true);
        var old = (await fixture.Raw.PutAsync(bucket, "a", "old"u8.ToArray(), Token)).Headers["x-amz-version-id"];
        await fixture.Raw.PutAsync(bucket, "a", "new"u8.ToArray(), Token);
        var copy = await CopyAsync(bucket, "a", $"{bucket}/a?versionId={old}");
        Assert.Equal(old, copy.Headers["x-amz-copy-source-version-id"]);
        Assert.Equal("old", (await fixture.Raw.GetAsync(bucket, "a", Token)).Text);
        var marker = (await fixture.Raw.DeleteAsync(bucket, "a", Token)).Headers["x-amz-version-id"];
        Assert.Equal(HttpStatusCode.NotFound, (await CopyAsync(bucket, "b", $"{bucket}/a")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await CopyAsync(bucket, "b", $"{bucket}/a?versionId={marker}")).Status);
    }

    [Fact]
    public async Task Conditions_of_the_source_fail_with_412()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var etag = (await fixture.Raw.PutAsync(bucket, "a", "x"u8.ToArray(), Token)).Headers["ETag"];
        ((string, string) Header, HttpStatusCode Expected)[] cases =
        [
            (("x-amz-copy-source-if-match", etag), HttpStatusCode.OK),
            (("x-amz-copy-source-if-match", "\"1\""), HttpStatusCode.PreconditionFailed),
            (("x-amz-copy-source-if-none-match", etag), HttpStatusCode.PreconditionFailed),
            (("x-amz-copy-source-if-modified-since", "Thu, 01 Jan 2099 00:00:00 GMT"), HttpStatusCode.PreconditionFailed),
            (("x-amz-copy-source-if-unmodified-since", "Mon, 01 Jan 2001 00:00:00 GMT"), HttpStatusCode.PreconditionFailed),
            (("If-None-Match", "*"), HttpStatusCode.PreconditionFailed),
        ];
        foreach (var (header, expected) in cases)
        {
            Assert.Equal(expected, (await CopyAsync(bucket, "b", $"{bucket}/a", header)).Status);
        }
    }

    [Theory]
    [InlineData("nothing", 400)]
    [InlineData("/", 400)]
    [InlineData("{0}/", 400)]
    [InlineData("{0}/%zz", 400)]
    [InlineData("{0}/%ff", 400)]
    [InlineData("UPPER/key", 400)]
    [InlineData("{0}/missing", 404)]
    [InlineData("no-such-bucket-at-all/key", 404)]
    [InlineData("{0}/a?versionId=", 400)]
    public async Task A_source_that_is_none_is_refused(string source, int expected)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        await fixture.Raw.PutAsync(bucket, "a", "x"u8.ToArray(), Token);
        var copy = await CopyAsync(bucket, "b", source.Replace("{0}", bucket, StringComparison.Ordinal));
        Assert.Equal(expected, (int)copy.Status);
    }

    [Fact]
    public async Task Copies_cross_from_one_encryption_to_another()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var body = Bytes.Of(200_000);
        var (first, second) = (new string('1', 32), new string('2', 32));
        await fixture.Aws.PutObjectAsync(Customer(new PutObjectRequest { BucketName = bucket, Key = "c", InputStream = new MemoryStream(body) }, first), Token);
        await fixture.Aws.CopyObjectAsync(
            new CopyObjectRequest
            {
                SourceBucket = bucket,
                SourceKey = "c",
                DestinationBucket = bucket,
                DestinationKey = "s3",
                CopySourceServerSideEncryptionCustomerMethod = ServerSideEncryptionCustomerMethod.AES256,
                CopySourceServerSideEncryptionCustomerProvidedKey = Base64(first),
                ServerSideEncryptionMethod = ServerSideEncryptionMethod.AES256,
            },
            Token);
        Assert.Equal(body, (await fixture.Raw.GetAsync(bucket, "s3", Token)).Body);
        await fixture.Aws.CopyObjectAsync(
            new CopyObjectRequest
            {
                SourceBucket = bucket,
                SourceKey = "s3",
                DestinationBucket = bucket,
                DestinationKey = "c2",
                ServerSideEncryptionCustomerMethod = ServerSideEncryptionCustomerMethod.AES256,
                ServerSideEncryptionCustomerProvidedKey = Base64(second),
            },
            Token);
        Assert.Equal(HttpStatusCode.BadRequest, (await fixture.Raw.GetAsync(bucket, "c2", Token)).Status);
    }

    private static string Base64(string key) => Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(key));

    private static PutObjectRequest Customer(PutObjectRequest request, string key)
    {
        request.ServerSideEncryptionCustomerMethod = ServerSideEncryptionCustomerMethod.AES256;
        request.ServerSideEncryptionCustomerProvidedKey = Base64(key);
        return request;
    }

    private Task<S3Response> CopyAsync(string bucket, string key, string source, params (string, string)[] headers) =>
        fixture.Raw.PutAsync(bucket, key, [], Token, [("x-amz-copy-source", source), .. headers]);
}
