using System.Net;
using Amazon.S3.Model;
using S3Cassandra.Storage.Checksums;
using S3Cassandra.Support;

namespace S3Cassandra.Functional.Tests.Object;

public class GetObjectTests(ServerFixture fixture)
{
    private const int Size = (3 * ServerFixture.ChunkSize) + 100;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("bytes=0-0", 0, 1)]
    [InlineData("bytes=5-9", 5, 5)]
    [InlineData("bytes=65535-65536", 65535, 2)]
    [InlineData("bytes=100-", 100, Size - 100)]
    [InlineData("bytes=-10", Size - 10, 10)]
    [InlineData("bytes=-99999999", 0, Size)]
    [InlineData("bytes=196600-99999999999999999999", 196600, Size - 196600)]
    public async Task A_range_is_that_run_of_bytes(string range, int offset, int count)
    {
        foreach (var (bucket, body) in await PutBothKindsAsync())
        {
            var get = await GetAsync(bucket, "k", ("Range", range));
            Assert.Equal(HttpStatusCode.PartialContent, get.Status);
            Assert.Equal(body.AsSpan(offset, count).ToArray(), get.Body);
            Assert.Equal($"bytes {offset}-{offset + count - 1}/{Size}", get.Headers["Content-Range"]);
            Assert.Equal(Size.ToString(null, null), (await HeadAsync(bucket, "k")).Headers["Content-Length"]);
        }
    }

    [Theory]
    [InlineData("bytes=2-1")]
    [InlineData("bytes=a-b")]
    [InlineData("bytes=0-1,4-5")]
    [InlineData("lines=0-1")]
    [InlineData("bytes=")]
    public async Task A_range_that_says_nothing_is_the_whole_object(string range)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        await fixture.Raw.PutAsync(bucket, "k", "0123456789"u8.ToArray(), Token);
        var get = await GetAsync(bucket, "k", ("Range", range));
        Assert.Equal(HttpStatusCode.OK, get.Status);
        Assert.Equal("0123456789", get.Text);
    }

    [Theory]
    [InlineData("bytes=10-")]
    [InlineData("bytes=10-20")]
    [InlineData("bytes=-0")]
    public async Task A_range_behind_the_end_is_refused(string range)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        await fixture.Raw.PutAsync(bucket, "k", "0123456789"u8.ToArray(), Token);
        var get = await GetAsync(bucket, "k", ("Range", range));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, get.Status);
        Assert.Contains("<Code>InvalidRange</Code>", get.Text, StringComparison.Ordinal);
        Assert.Equal("bytes */10", get.Headers["Content-Range"]);
    }

    [Fact]
    public async Task Conditions_decide_between_200_304_and_412()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var etag = (await fixture.Raw.PutAsync(bucket, "k", "x"u8.ToArray(), Token)).Headers["ETag"];
        (string Name, string Value)[] past = [("If-Unmodified-Since", "Mon, 01 Jan 2001 00:00:00 GMT")];
        (string Name, string Value)[] future = [("If-Modified-Since", "Thu, 01 Jan 2099 00:00:00 GMT")];
        ((string, string)[] Headers, HttpStatusCode Expected)[] cases =
        [
            ([("If-Match", etag)], HttpStatusCode.OK),
            ([("If-Match", etag.Trim('"'))], HttpStatusCode.OK),
            ([("If-Match", "*")], HttpStatusCode.OK),
            ([("If-Match", "\"00000000000000000000000000000000\"")], HttpStatusCode.PreconditionFailed),
            ([("If-None-Match", etag)], HttpStatusCode.NotModified),
            ([("If-None-Match", "\"1\", " + etag)], HttpStatusCode.NotModified),
            ([("If-None-Match", "\"1\"")], HttpStatusCode.OK),
            (past, HttpStatusCode.PreconditionFailed),
            (future, HttpStatusCode.NotModified),
            ([("If-Match", etag), .. past], HttpStatusCode.OK),
            ([("If-None-Match", "\"1\""), .. future], HttpStatusCode.OK),
            ([("If-Modified-Since", "no date")], HttpStatusCode.OK),
        ];
        foreach (var (headers, expected) in cases)
        {
            var get = await GetAsync(bucket, "k", headers);
            Assert.True(expected == get.Status, $"{string.Join(", ", headers)}: {get.Status}");
            Assert.Equal(expected, (await HeadAsync(bucket, "k", headers)).Status);
            if (expected == HttpStatusCode.NotModified)
            {
                Assert.Empty(get.Body);
                Assert.Equal(etag, get.Headers["ETag"]);
            }
        }
    }

    [Fact]
    public async Task Response_headers_can_be_overridden_by_who_signs()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        await fixture.Raw.PutAsync(bucket, "k", "x"u8.ToArray(), Token);
        const string query = "response-cache-control=no-cache&response-content-disposition=attachment%3B%20filename%3D%22x%22"
            + "&response-content-type=text%2Fx&response-expires=never&response-content-language=de&response-content-encoding=br";
        var get = await fixture.Raw.GetAsync(bucket, "k", Token, query);
        Assert.Equal("no-cache", get.Headers["Cache-Control"]);
        Assert.Equal("attachment; filename=\"x\"", get.Headers["Content-Disposition"]);
        Assert.Equal("text/x", get.Headers["Content-Type"]);
        Assert.Equal("never", get.Headers["Expires"]);
        Assert.Equal("de", get.Headers["Content-Language"]);
        Assert.Equal("br", get.Headers["Content-Encoding"]);
        var split = await fixture.Raw.GetAsync(bucket, "k", Token, "response-content-type=a%0D%0AX-Evil%3A%201");
        Assert.Equal(HttpStatusCode.BadRequest, split.Status);
        Assert.False(split.Headers.ContainsKey("X-Evil"));
    }

    [Fact]
    public async Task The_checksum_is_given_where_it_is_asked_for()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        await fixture.Raw.PutAsync(bucket, "k", "123456789"u8.ToArray(), Token);
        Assert.False((await fixture.Raw.GetAsync(bucket, "k", Token)).Headers.ContainsKey("x-amz-checksum-crc64nvme"));
        var get = await GetAsync(bucket, "k", ("x-amz-checksum-mode", "ENABLED"));
        Assert.Equal(Convert.ToBase64String(ChecksumHash.Compute(ChecksumAlgorithm.Crc64Nvme, "123456789"u8)), get.Headers["x-amz-checksum-crc64nvme"]);
        Assert.Equal("FULL_OBJECT", get.Headers["x-amz-checksum-type"]);
        var part = await GetAsync(bucket, "k", ("x-amz-checksum-mode", "ENABLED"), ("Range", "bytes=1-2"));
        Assert.False(part.Headers.ContainsKey("x-amz-checksum-crc64nvme"));
    }

    [Theory]
    [InlineData("partNumber=1", 206)]
    [InlineData("partNumber=2", 416)]
    [InlineData("partNumber=0", 400)]
    [InlineData("partNumber=10001", 400)]
    [InlineData("partNumber=x", 400)]
    public async Task An_object_put_whole_is_its_only_part(string query, int expected)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        await fixture.Raw.PutAsync(bucket, "k", "123456789"u8.ToArray(), Token);
        Assert.Equal(expected, (int)(await fixture.Raw.GetAsync(bucket, "k", Token, query)).Status);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var key = await fixture.Raw.GetAsync(bucket, "k", Token);
        Assert.Equal(HttpStatusCode.NotFound, key.Status);
        Assert.Contains("<Code>NoSuchKey</Code>", key.Text, StringComparison.Ordinal);
        Assert.Contains("<Key>k</Key>", key.Text, StringComparison.Ordinal);
        var gone = await fixture.Raw.GetAsync("no-such-bucket-here", "k", Token);
        Assert.Contains("<Code>NoSuchBucket</Code>", gone.Text, StringComparison.Ordinal);
        var version = await fixture.Raw.GetAsync(bucket, "k", Token, "versionId=nonsense");
        Assert.Equal(HttpStatusCode.BadRequest, version.Status);
    }

    [Fact]
    public async Task A_reader_and_many_writers_see_whole_bodies()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        byte[] Body(int writer) => [.. Enumerable.Repeat((byte)writer, 2 * ServerFixture.ChunkSize)];
        await fixture.Raw.PutAsync(bucket, "k", Body(0), Token);
        var writers = Enumerable.Range(1, 3).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                Assert.Equal(HttpStatusCode.OK, (await fixture.Raw.PutAsync(bucket, "k", Body(writer), Token)).Status);
            }
        })).ToArray();
        var all = Task.WhenAll(writers);
        do
        {
            var get = await fixture.Raw.GetAsync(bucket, "k", Token);
            Assert.Equal(HttpStatusCode.OK, get.Status);
            Assert.Equal(2 * ServerFixture.ChunkSize, get.Body.Length);
            Assert.Single(get.Body.Distinct());
        }
        while (!all.IsCompleted);
        await all;
    }

    private async Task<(string Bucket, byte[] Body)[]> PutBothKindsAsync()
    {
        var body = Bytes.Of(Size);
        var plain = await fixture.Server.CreateBucketAsync(Token);
        await fixture.Raw.PutAsync(plain, "k", body, Token);
        var encrypted = await fixture.Server.CreateBucketAsync(Token);
        await fixture.Aws.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = encrypted,
                Key = "k",
                InputStream = new MemoryStream(body),
                ServerSideEncryptionMethod = Amazon.S3.ServerSideEncryptionMethod.AES256,
            },
            Token);
        return [(plain, body), (encrypted, body)];
    }

    private Task<S3Response> GetAsync(string bucket, string key, params (string, string)[] headers) =>
        fixture.Raw.SendAsync(HttpMethod.Get, bucket, key, "", null, headers, Token);

    private Task<S3Response> HeadAsync(string bucket, string key, params (string, string)[] headers) =>
        fixture.Raw.SendAsync(HttpMethod.Head, bucket, key, "", null, headers, Token);
}
