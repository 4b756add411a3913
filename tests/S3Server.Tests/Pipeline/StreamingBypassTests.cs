using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Tests.Server;
using S3Cassandra.Storage.Checksums;

namespace S3Cassandra.S3Server.Tests.Pipeline;

/// <summary>
/// Attack 1: one verifier decides before any byte, whatever place a credential claims to be in, whatever payload mode the request names and
/// whatever operation it asks for. What is forged gets a refusal and leaves nothing.
/// </summary>
public class StreamingBypassTests
{
    private static readonly string[] Places = ["header", "query", "both", "none"];

    private static readonly string[] Modes =
    [
        TestSigner.EmptySha256,
        "UNSIGNED-PAYLOAD",
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
        "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
        "STREAMING-NONSENSE",
        "",
    ];

    /// <summary>A form without a credential of its own; one with a forged one is among the tests of forms.</summary>
    private const string Form =
        "--xYz\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nkey\r\n--xYz\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nhello\r\n--xYz--\r\n";

    private static readonly (string Method, string Target, string Body, string? Header)[] Requests =
    [
        ("PUT", "/bucket/key", "hello", null),
        ("PUT", "/bucket/key?partNumber=1&uploadId=00000000000000000000000000000000", "hello", null),
        ("PUT", "/bucket/key", "", "x-amz-copy-source"),
        ("POST", "/bucket/key?uploads", "", null),
        ("POST", "/bucket?delete", "<Delete><Object><Key>kept</Key></Object></Delete>", null),
        ("PUT", "/bucket?versioning", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>", null),
        ("PUT", "/bucket?tagging", "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>", null),
        ("PUT", "/bucket?cors", "<CORSConfiguration/>", null),
        ("PUT", "/bucket?encryption", "<ServerSideEncryptionConfiguration/>", null),
        ("PUT", "/bucket?policy", "{}", null),
        ("DELETE", "/bucket/kept", "", null),
        ("PUT", "/another", "", null),
        ("POST", "/bucket", Form, "content-type"),
    ];

    [Fact]
    public async Task A_forged_request_is_refused_and_leaves_nothing()
    {
        await using var server = await TestServer.StartWithBucketAsync();
        await server.Client.SignedAsync("PUT", "/bucket/kept", body: "kept");
        var admitted = new List<string>();
        foreach (var place in Places)
        {
            foreach (var mode in Modes)
            {
                foreach (var request in Requests)
                {
                    var response = await SendForgedAsync(server, place, mode, request);
                    if (response.Status is not (400 or 403) || response.Code.Length == 0)
                    {
                        admitted.Add($"{place} {mode} {request.Method} {request.Target}: {response.Status} {response.Code}");
                    }
                }
            }
        }

        Assert.Empty(admitted);
        Assert.Equal("kept", (await server.Client.SignedAsync("GET", "/bucket/kept")).Body);
        Assert.Equal(404, (await server.Client.SignedAsync("HEAD", "/bucket/key")).Status);
        Assert.Equal(404, (await server.Client.SignedAsync("HEAD", "/another")).Status);
        Assert.Equal("", (await server.Client.SignedAsync("GET", "/bucket?versioning")).Element("Status"));
        Assert.Equal("NoSuchTagSet", (await server.Client.SignedAsync("GET", "/bucket?tagging")).Code);
        var suspects = 0;
        await foreach (var _ in server.Store.Blobs.SuspectsAsync(DateTimeOffset.MaxValue, TestContext.Current.CancellationToken))
        {
            suspects++;
        }

        Assert.Equal(0, suspects);
    }

    [Fact]
    public async Task A_trailer_without_any_credential_is_a_plain_anonymous_request()
    {
        await using var server = await TestServer.StartWithBucketAsync();
        var crc = Convert.ToBase64String(ChecksumHeaders.Compute(ChecksumAlgorithm.Crc32, "hello"u8));
        var response = await server.Client.SendAsync("PUT", "/bucket/key", new Dictionary<string, string>
        {
            ["content-encoding"] = "aws-chunked",
            ["x-amz-decoded-content-length"] = "5",
            ["x-amz-trailer"] = "x-amz-checksum-crc32",
            ["x-amz-content-sha256"] = "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
        }, $"5\r\nhello\r\n0\r\nx-amz-checksum-crc32:{crc}\r\n\r\n");
        Assert.Equal((403, "AccessDenied"), (response.Status, response.Code));
    }

    [Fact]
    public async Task Nothing_is_decided_after_100_Continue()
    {
        await using var server = await TestServer.StartWithBucketAsync();
        foreach (var target in new[] { "/bucket/key", "/nowhere/key" })
        {
            using var connection = await RawConnection.OpenAsync(server.Address);
            await connection.SendAsync($"PUT {target} HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
            Assert.InRange((await connection.ReadHeadAsync()).Status, 400, 499);
        }
    }

    private static Task<TestResponse> SendForgedAsync(
        TestServer server, string place, string mode, (string Method, string Target, string Body, string? Header) request)
    {
        var (path, query) = request.Target.Split('?') is [var before, var after] ? (before, after) : (request.Target, "");
        var signer = new TestSigner(DateTimeOffset.UtcNow);
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = server.Client.Host,
            ["x-amz-decoded-content-length"] = $"{request.Body.Length}",
            ["content-encoding"] = "aws-chunked",
        };
        if (request.Header is { } header)
        {
            fields[header] = header == "content-type" ? "multipart/form-data; boundary=xYz" : "/bucket/kept";
        }

        var headers = place is "header" or "both" ? signer.Sign(request.Method, path, query, fields, mode) : fields;
        if (place is "header" or "both")
        {
            headers["authorization"] = Forge(headers["authorization"]);
        }
        else if (mode.Length > 0)
        {
            headers["x-amz-content-sha256"] = mode;
        }

        if (place is "query" or "both")
        {
            query = Forge(signer.Presign(request.Method, path, server.Client.Host, query));
        }

        var body = mode.StartsWith("STREAMING", StringComparison.Ordinal)
            ? $"{request.Body.Length:x}\r\n{request.Body}\r\n0\r\n\r\n"
            : request.Body;
        return server.Client.SendAsync(request.Method, query.Length > 0 ? $"{path}?{query}" : path, headers, body);
    }

    /// <summary>Another last digit of the signature.</summary>
    private static string Forge(string signed) => signed[..^1] + (signed[^1] == '0' ? '1' : '0');
}
