using System.Security.Cryptography;
using System.Text;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Tests.Server;
using S3Cassandra.Storage.Checksums;

namespace S3Cassandra.S3Server.Tests.Http.Bodies;

/// <summary>Attacks 9 and 12: what a request promises of its body is held against it, and a refused body leaves nothing behind.</summary>
public class BodyPromiseTests
{
    private const string Body = "a body";
    private const string CorsRules =
        "<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod></CORSRule></CORSConfiguration>";

    private static readonly byte[] Bytes = Encoding.UTF8.GetBytes(Body);

    public static TheoryData<string> Algorithms => ["crc32", "crc32c", "crc64nvme", "sha1", "sha256"];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task A_checksum_header_is_held_against_the_body(string algorithm)
    {
        await using var server = await StartAsync();
        var value = Convert.ToBase64String(ChecksumHeaders.Compute(ChecksumHeaders.Named(algorithm)!.Value, Bytes));
        Assert.Equal(200, (await PutAsync(server, Body, ("x-amz-checksum-" + algorithm, value))).Status);
        var refused = await PutAsync(server, "another", ("x-amz-checksum-" + algorithm, value));
        Assert.Equal((400, "BadDigest"), (refused.Status, refused.Code));
        Assert.Equal(Body, (await server.Client.SignedAsync("GET", "/bucket/key")).Body);
    }

    [Theory]
    [InlineData("x-amz-checksum-crc32", "AAAA", "InvalidRequest")]
    [InlineData("x-amz-checksum-crc32", "AAAAAAAA", "InvalidRequest")]
    [InlineData("x-amz-checksum-crc32", "%%%%", "InvalidRequest")]
    [InlineData("x-amz-checksum-sha256", "AAAAAA==", "InvalidRequest")]
    [InlineData("x-amz-sdk-checksum-algorithm", "CRC32", "InvalidRequest")]
    [InlineData("x-amz-trailer", "x-amz-checksum-crc32", "InvalidRequest")]
    [InlineData("content-md5", "AAAA", "InvalidDigest")]
    [InlineData("content-md5", "not base64 at all", "InvalidDigest")]
    [InlineData("content-md5", "1B2M2Y8AsgTpgAmY7PhCfg==", "BadDigest")]
    public async Task A_malformed_or_wrong_promise_is_refused(string header, string value, string code)
    {
        await using var server = await StartAsync();
        var refused = await PutAsync(server, Body, (header, value));
        Assert.Equal((400, code), (refused.Status, refused.Code));
        Assert.Equal(404, (await server.Client.SignedAsync("GET", "/bucket/key")).Status);
    }

    [Fact]
    public async Task Two_checksums_are_one_too_many()
    {
        await using var server = await StartAsync();
        var crc = Convert.ToBase64String(ChecksumHeaders.Compute(ChecksumAlgorithm.Crc32, Bytes));
        var sha = Convert.ToBase64String(SHA1.HashData(Bytes));
        var refused = await PutAsync(server, Body, ("x-amz-checksum-crc32", crc), ("x-amz-checksum-sha1", sha));
        Assert.Equal((400, "InvalidRequest"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task Another_algorithm_than_announced_is_refused()
    {
        await using var server = await StartAsync();
        var crc = Convert.ToBase64String(ChecksumHeaders.Compute(ChecksumAlgorithm.Crc32, Bytes));
        var refused = await PutAsync(server, Body, ("x-amz-checksum-crc32", crc), ("x-amz-sdk-checksum-algorithm", "SHA256"));
        Assert.Equal((400, "InvalidRequest"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task A_body_whose_signed_hash_is_another_is_refused()
    {
        await using var server = await StartAsync();
        var refused = await server.Client.SignedAsync("PUT", "/bucket/key", body: Body, payload: TestSigner.Hash("other"u8));
        Assert.Equal((400, "XAmzContentSHA256Mismatch"), (refused.Status, refused.Code));
        Assert.Equal(404, (await server.Client.SignedAsync("GET", "/bucket/key")).Status);
    }

    [Fact]
    public async Task A_document_whose_signed_hash_is_another_is_refused()
    {
        await using var server = await StartAsync();
        const string document = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
        var refused = await server.Client.SignedAsync("PUT", "/bucket?versioning", body: document, payload: TestSigner.Hash("other"u8));
        Assert.Equal((400, "XAmzContentSHA256Mismatch"), (refused.Status, refused.Code));
        Assert.Equal("", (await server.Client.SignedAsync("GET", "/bucket?versioning")).Element("Status"));
    }

    [Fact]
    public async Task An_upload_needs_a_length()
    {
        await using var server = await StartAsync();
        using var connection = await RawConnection.OpenAsync(server.Address);
        var chunked = new TestSigner(DateTimeOffset.UtcNow).Sign(
            "PUT", "/bucket/key", "", new() { ["host"] = server.Client.Host }, "UNSIGNED-PAYLOAD");
        chunked["Transfer-Encoding"] = "chunked";
        await connection.SendAsync(server.Client.Request("PUT", "/bucket/key", chunked, "0\r\n\r\n"));
        var refused = await connection.ReadAsync();
        Assert.Equal((411, "MissingContentLength"), (refused.Status, refused.Code));
    }

    [Theory]
    [InlineData("5368709121", 400, "EntityTooLarge")]
    [InlineData("9223372036854775807", 400, "EntityTooLarge")]
    public async Task More_than_5_GiB_is_refused_before_it_comes(string length, int status, string code)
    {
        await using var server = await StartAsync();
        using var connection = await RawConnection.OpenAsync(server.Address);
        var headers = new TestSigner(DateTimeOffset.UtcNow).Sign("PUT", "/bucket/key", "", new() { ["host"] = server.Client.Host });
        headers["Content-Length"] = length;
        headers["Expect"] = "100-continue";
        await connection.SendAsync(server.Client.Request("PUT", "/bucket/key", headers, null));
        var refused = await connection.ReadAsync();
        Assert.Equal((status, code), (refused.Status, refused.Code));
    }

    [Theory]
    [InlineData("POST", "/bucket?delete", "<Delete><Object><Key>k</Key></Object></Delete>", 200)]
    [InlineData("PUT", "/bucket?tagging", "<Tagging><TagSet/></Tagging>", 204)]
    [InlineData("PUT", "/bucket?cors", CorsRules, 200)]
    public async Task Some_documents_come_with_a_digest(string method, string target, string document, int status)
    {
        await using var server = await StartAsync();
        var bytes = Encoding.UTF8.GetBytes(document);
        var refused = await server.Client.SignedAsync(method, target, body: document);
        Assert.Equal((400, "InvalidRequest"), (refused.Status, refused.Code));
        Assert.Equal("Missing required header for this request: Content-MD5", refused.Element("Message"));
        foreach (var (name, digest) in new[]
        {
            ("content-md5", MD5.HashData(bytes)),
            ("x-amz-checksum-crc32", ChecksumHeaders.Compute(ChecksumAlgorithm.Crc32, bytes)),
        })
        {
            var headers = new Dictionary<string, string> { [name] = Convert.ToBase64String(digest) };
            Assert.Equal(status, (await server.Client.SignedAsync(method, target, headers, document)).Status);
        }
    }

    [Theory]
    [InlineData("STREAMING-UNSIGNED-PAYLOAD-TRAILER")]
    [InlineData("STREAMING-AWS4-HMAC-SHA256-PAYLOAD")]
    public async Task Only_an_upload_may_come_aws_chunked(string payload)
    {
        await using var server = await StartAsync();
        var headers = new Dictionary<string, string> { ["content-encoding"] = "aws-chunked", ["x-amz-decoded-content-length"] = "0" };
        var refused = await server.Client.SignedAsync("PUT", "/bucket?tagging", headers, "0\r\n\r\n", payload);
        Assert.Equal((400, "InvalidRequest"), (refused.Status, refused.Code));
        Assert.Equal("The value of x-amz-content-sha256 header is invalid.", refused.Element("Message"));
    }

    [Theory]
    [InlineData(null, 411, "MissingContentLength")]
    [InlineData("-1", 411, "MissingContentLength")]
    [InlineData("x", 411, "MissingContentLength")]
    [InlineData("5368709121", 400, "EntityTooLarge")]
    [InlineData("99999999999999999999999", 411, "MissingContentLength")]
    public async Task The_decoded_length_is_a_length(string? declared, int status, string code)
    {
        await using var server = await StartAsync();
        var headers = new Dictionary<string, string> { ["content-encoding"] = "aws-chunked" };
        if (declared is not null)
        {
            headers["x-amz-decoded-content-length"] = declared;
        }

        var refused = await server.Client.SignedAsync("PUT", "/bucket/key", headers, "0\r\n\r\n", "STREAMING-UNSIGNED-PAYLOAD-TRAILER");
        Assert.Equal((status, code), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task Aws_chunked_comes_without_Content_Length_too_and_is_not_kept()
    {
        await using var server = await StartAsync();
        using var connection = await RawConnection.OpenAsync(server.Address);
        var crc = Convert.ToBase64String(ChecksumHeaders.Compute(ChecksumAlgorithm.Crc32, Bytes));
        var headers = new TestSigner(DateTimeOffset.UtcNow).Sign("PUT", "/bucket/key", "", new()
        {
            ["host"] = server.Client.Host,
            ["content-encoding"] = "gzip, aws-chunked",
            ["x-amz-decoded-content-length"] = "6",
            ["x-amz-trailer"] = "x-amz-checksum-crc32",
        }, "STREAMING-UNSIGNED-PAYLOAD-TRAILER");
        headers["Transfer-Encoding"] = "chunked";
        var inner = $"6\r\n{Body}\r\n0\r\nx-amz-checksum-crc32:{crc}\r\n\r\n";
        var outer = $"{5:x}\r\n{inner[..5]}\r\n{inner.Length - 5:x}\r\n{inner[5..]}\r\n0\r\n\r\n";
        await connection.SendAsync(server.Client.Request("PUT", "/bucket/key", headers, outer));
        Assert.Equal(200, (await connection.ReadAsync()).Status);
        var read = await server.Client.SignedAsync("GET", "/bucket/key");
        Assert.Equal((Body, "gzip"), (read.Body, read.Header("Content-Encoding")));
    }

    [Fact]
    public async Task Every_sub_mode_of_aws_chunked_is_decoded_end_to_end()
    {
        await using var server = await StartAsync();
        foreach (var signedTrailer in new[] { false, true })
        {
            var signer = new TestSigner(DateTimeOffset.UtcNow);
            var fields = new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["host"] = server.Client.Host,
                ["content-encoding"] = "aws-chunked",
                ["x-amz-decoded-content-length"] = "6",
            };
            if (signedTrailer)
            {
                fields["x-amz-trailer"] = "x-amz-checksum-crc32";
            }

            var mode = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" + (signedTrailer ? "-TRAILER" : "");
            var headers = signer.Sign("PUT", "/bucket/key", "", fields, mode);
            var wire = $"6;chunk-signature={signer.SignChunk(Bytes)}\r\n{Body}\r\n0;chunk-signature={signer.SignChunk([])}\r\n";
            var trailer = $"x-amz-checksum-crc32:{Convert.ToBase64String(ChecksumHeaders.Compute(ChecksumAlgorithm.Crc32, Bytes))}";
            wire += signedTrailer ? $"{trailer}\r\nx-amz-trailer-signature:{signer.SignTrailer(trailer + "\n")}\r\n\r\n" : "\r\n";
            Assert.Equal(200, (await server.Client.SendAsync("PUT", "/bucket/key", headers, wire)).Status);
            Assert.Equal(Body, (await server.Client.SignedAsync("GET", "/bucket/key")).Body);
        }
    }

    [Fact]
    public async Task An_upload_cut_short_is_not_visible()
    {
        await using var server = await StartAsync();
        using (var connection = await RawConnection.OpenAsync(server.Address))
        {
            var headers = new TestSigner(DateTimeOffset.UtcNow).Sign("PUT", "/bucket/key", "", new() { ["host"] = server.Client.Host });
            headers["Content-Length"] = "100";
            await connection.SendAsync(server.Client.Request("PUT", "/bucket/key", headers, Body));
            connection.EndSending();
            Assert.True(await connection.IsClosedAsync());
        }

        Assert.Equal(404, (await server.Client.SignedAsync("GET", "/bucket/key")).Status);
    }

    private static Task<TestServer> StartAsync() => TestServer.StartWithBucketAsync();

    private static Task<TestResponse> PutAsync(TestServer server, string body, params (string Name, string Value)[] headers) =>
        server.Client.SignedAsync("PUT", "/bucket/key", headers.ToDictionary(header => header.Name, header => header.Value), body);
}
