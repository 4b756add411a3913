using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace S3Cassandra.Functional.Tests.Object;

public class ServerSideEncryptionTests(ServerFixture fixture)
{
    private const string Prefix = "x-amz-server-side-encryption-customer-";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(100)]
    [InlineData(200_000)]
    public async Task What_is_encrypted_is_not_readable_on_disk(int size)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var (secret, open) = (Marked("secret", size), Marked("open", size));
        var put = await fixture.Raw.PutAsync(bucket, "s3", secret.Body, Token, ("x-amz-server-side-encryption", "AES256"));
        Assert.Equal("AES256", put.Headers["x-amz-server-side-encryption"]);
        await fixture.Raw.PutAsync(bucket, "c", secret.Body, Token, KeyHeaders(1));
        await fixture.Raw.PutAsync(bucket, "open", open.Body, Token);
        Assert.Equal(secret.Body, (await fixture.Raw.GetAsync(bucket, "s3", Token)).Body);
        Assert.Equal("AES256", (await fixture.Raw.HeadAsync(bucket, "s3", Token)).Headers["x-amz-server-side-encryption"]);
        Assert.Equal(HttpStatusCode.OK, (await fixture.Raw.GetAsync(bucket, "open", Token)).Status);

        Assert.True(await fixture.IsStoredAsync(open.Mark, Token), "the search finds what is stored as it is");
        Assert.False(await fixture.IsStoredAsync(secret.Mark, Token));
    }

    [Fact]
    public async Task The_buckets_default_holds_where_the_request_says_nothing()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        const string document = "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm>"
            + "</ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>";
        var put = await fixture.Raw.SendAsync(HttpMethod.Put, bucket, null, "encryption", Encoding.UTF8.GetBytes(document), [], Token);
        Assert.True(put.IsSuccess, put.Text);
        Assert.Equal("AES256", (await fixture.Raw.PutAsync(bucket, "k", "x"u8.ToArray(), Token)).Headers["x-amz-server-side-encryption"]);
        Assert.Equal("x", (await fixture.Raw.GetAsync(bucket, "k", Token)).Text);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(200_000)]
    public async Task A_customers_key_is_needed_to_read(int size)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var body = Bytes.Of(size);
        var put = await fixture.Raw.PutAsync(bucket, "k", body, Token, KeyHeaders(1));
        Assert.Equal(HttpStatusCode.OK, put.Status);
        Assert.NotEqual($"\"{Convert.ToHexStringLower(MD5.HashData(body))}\"", put.Headers["ETag"]);
        Assert.Equal("AES256", put.Headers[Prefix + "algorithm"]);

        Assert.Equal(HttpStatusCode.BadRequest, (await fixture.Raw.GetAsync(bucket, "k", Token)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await fixture.Raw.HeadAsync(bucket, "k", Token)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(bucket, "k", KeyHeaders(2))).Status);
        Assert.Equal(body, (await GetAsync(bucket, "k", KeyHeaders(1))).Body);
        Assert.Equal(body.AsSpan(3, 5).ToArray(), (await GetAsync(bucket, "k", [.. KeyHeaders(1), ("Range", "bytes=3-7")])).Body);
    }

    [Fact]
    public async Task A_key_for_an_object_without_one_is_refused()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        await fixture.Raw.PutAsync(bucket, "k", "x"u8.ToArray(), Token);
        Assert.Equal(HttpStatusCode.BadRequest, (await GetAsync(bucket, "k", KeyHeaders(1))).Status);
    }

    [Fact]
    public async Task Half_of_a_key_is_refused()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var whole = KeyHeaders(1);
        (string, string)[][] cases =
        [
            [whole[0]],
            [whole[1]],
            [whole[2]],
            [whole[0], whole[1]],
            [whole[0], whole[2]],
            [whole[1], whole[2]],
            [(whole[0].Item1, "AES128"), whole[1], whole[2]],
            [whole[0], (whole[1].Item1, "c2hvcnQ="), whole[2]],
            [whole[0], (whole[1].Item1, "no base64"), whole[2]],
            [whole[0], whole[1], KeyHeaders(2)[2]],
            [.. whole, ("x-amz-server-side-encryption", "AES256")],
        ];
        foreach (var headers in cases)
        {
            var put = await fixture.Raw.PutAsync(bucket, "k", "x"u8.ToArray(), Token, headers);
            Assert.True(put.Status == HttpStatusCode.BadRequest, $"{string.Join(", ", headers)}: {put.Status}");
        }

        Assert.Equal(HttpStatusCode.NotFound, (await fixture.Raw.HeadAsync(bucket, "k", Token)).Status);
    }

    [Fact]
    public async Task Over_plain_http_a_key_is_refused_unless_the_operator_allows_it()
    {
        await using var store = new Storage.Contract.InMemory.InMemoryStore();
        await using var strict = await RunningServer.StartAsync(
            new S3Server.Hosting.StoreSeams(store.Index, store.Blobs, store.Catalog, 1024), options => options with { AllowSsecOverHttp = false });
        var bucket = await strict.CreateBucketAsync(Token);
        var put = await strict.Raw.PutAsync(bucket, "k", "x"u8.ToArray(), Token, KeyHeaders(1));
        Assert.Equal(HttpStatusCode.BadRequest, put.Status);
        Assert.Contains("secure connection", put.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kms_is_not_implemented()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        Assert.Equal(
            HttpStatusCode.NotImplemented,
            (await fixture.Raw.PutAsync(bucket, "k", "x"u8.ToArray(), Token, ("x-amz-server-side-encryption", "aws:kms"))).Status);
    }

    private static (string, string)[] KeyHeaders(int seed)
    {
        var key = Bytes.Of(32, seed);
        return
        [
            (Prefix + "algorithm", "AES256"),
            (Prefix + "key", Convert.ToBase64String(key)),
            (Prefix + "key-MD5", Convert.ToBase64String(MD5.HashData(key))),
        ];
    }

    private static (byte[] Body, string Mark) Marked(string name, int size)
    {
        var mark = $"{name}-{Guid.NewGuid():n}";
        var body = Bytes.Of(size);
        Encoding.ASCII.GetBytes(mark, body.AsSpan(size - mark.Length));
        return (body, mark);
    }

    private Task<Support.S3Response> GetAsync(string bucket, string key, (string, string)[] headers) =>
        fixture.Raw.SendAsync(HttpMethod.Get, bucket, key, "", null, headers, Token);
}
