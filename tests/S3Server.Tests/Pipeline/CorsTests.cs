using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Tests.Server;

namespace S3Cassandra.S3Server.Tests.Pipeline;

/// <summary>CORS as browsers meet it (attack 44): preflights without credential that reveal nothing, headers on answers and errors.</summary>
public class CorsTests
{
    private const string Rules = """
        <CORSConfiguration>
          <CORSRule><AllowedOrigin>https://app.example.org</AllowedOrigin><AllowedMethod>PUT</AllowedMethod><AllowedMethod>GET</AllowedMethod>
            <AllowedHeader>x-amz-*</AllowedHeader><AllowedHeader>content-type</AllowedHeader>
            <ExposeHeader>ETag</ExposeHeader><MaxAgeSeconds>600</MaxAgeSeconds></CORSRule>
          <CORSRule><AllowedOrigin>https://*.wild.example.org</AllowedOrigin><AllowedMethod>GET</AllowedMethod></CORSRule>
          <CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>HEAD</AllowedMethod></CORSRule>
        </CORSConfiguration>
        """;

    [Fact]
    public async Task A_preflight_that_fits_is_answered_without_a_credential()
    {
        await using var server = await StartAsync();
        var response = await PreflightAsync(server, "/bucket/key", "https://app.example.org", "PUT", "X-Amz-Date, Content-Type");
        Assert.Equal(200, response.Status);
        Assert.Equal("https://app.example.org", response.Header("Access-Control-Allow-Origin"));
        Assert.Equal("PUT, GET", response.Header("Access-Control-Allow-Methods"));
        Assert.Equal("x-amz-date, content-type", response.Header("Access-Control-Allow-Headers"));
        Assert.Equal("600", response.Header("Access-Control-Max-Age"));
        Assert.Equal("ETag", response.Header("Access-Control-Expose-Headers"));
        Assert.Contains("Origin", response.Header("Vary"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/bucket/key", "https://other.example.org", "PUT", null)]
    [InlineData("/bucket/key", "http://app.example.org", "PUT", null)]
    [InlineData("/bucket/key", "https://app.example.org.evil.org", "PUT", null)]
    [InlineData("/bucket/key", "https://app.example.org", "DELETE", null)]
    [InlineData("/bucket/key", "https://app.example.org", "PUT", "authorization")]
    [InlineData("/bare/key", "https://app.example.org", "PUT", null, "CORSResponse: CORS is not enabled for this bucket.")]
    [InlineData("/nowhere/key", "https://app.example.org", "PUT", null, "CORSResponse: CORS is not enabled for this bucket.")]
    public async Task A_preflight_that_does_not_fit_says_the_same_whether_the_bucket_is_there(
        string target, string origin, string method, string? headers, string? message = null)
    {
        await using var server = await StartAsync();
        var response = await PreflightAsync(server, target, origin, method, headers);
        Assert.Equal((403, "AccessForbidden"), (response.Status, response.Code));
        Assert.Equal(message ?? S3Errors.AccessForbidden.Message, response.Element("Message"));
        Assert.Equal("OBJECT", response.Element("ResourceType"));
        Assert.Null(response.Header("Access-Control-Allow-Origin"));
        Assert.Null(response.Header("x-amz-bucket-region"));
        Assert.DoesNotContain("BucketName", response.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preflight_without_origin_or_method_is_none()
    {
        await using var server = await StartAsync();
        Assert.Equal(400, (await server.Client.SendAsync("OPTIONS", "/bucket/key")).Status);
        Assert.Equal(400, (await PreflightAsync(server, "/bucket/key", "https://app.example.org", "", null)).Status);
    }

    [Fact]
    public async Task Answers_and_errors_carry_the_headers()
    {
        await using var server = await StartAsync();
        await server.Client.SignedAsync("PUT", "/bucket/key", body: "x");
        var origin = new Dictionary<string, string> { ["origin"] = "https://app.example.org" };
        foreach (var response in new[]
        {
            await server.Client.SignedAsync("GET", "/bucket/key", origin),
            await server.Client.SignedAsync("GET", "/bucket/missing", origin),
            await server.Client.SendAsync("GET", "/bucket/key", origin),
            await server.Client.SendAsync("GET", "/bucket/key?acl&policy", origin),
        })
        {
            Assert.Equal("https://app.example.org", response.Header("Access-Control-Allow-Origin"));
            Assert.Equal("true", response.Header("Access-Control-Allow-Credentials"));
            Assert.Contains("Origin", response.Header("Vary"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Credentials_are_for_origins_named_in_full()
    {
        await using var server = await StartAsync();
        await server.Client.SignedAsync("PUT", "/bucket/key", body: "x");
        var wild = await server.Client.SignedAsync("GET", "/bucket/key", new Dictionary<string, string> { ["origin"] = "https://a.wild.example.org" });
        Assert.Equal("https://a.wild.example.org", wild.Header("Access-Control-Allow-Origin"));
        Assert.Null(wild.Header("Access-Control-Allow-Credentials"));
        var any = await server.Client.SignedAsync("HEAD", "/bucket/key", new Dictionary<string, string> { ["origin"] = "https://evil.example" });
        Assert.Equal("*", any.Header("Access-Control-Allow-Origin"));
        Assert.Null(any.Header("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task Caches_are_told_that_the_origin_matters_also_where_none_came()
    {
        await using var server = await StartAsync();
        await server.Client.SignedAsync("PUT", "/bucket/key", body: "x");
        Assert.Contains("Origin", (await server.Client.SignedAsync("GET", "/bucket/key")).Header("Vary"), StringComparison.Ordinal);
        Assert.Null((await server.Client.SignedAsync("GET", "/bare")).Header("Vary"));
    }

    private static Task<TestResponse> PreflightAsync(TestServer server, string target, string origin, string method, string? headers)
    {
        var fields = new Dictionary<string, string> { ["Origin"] = origin, ["Access-Control-Request-Method"] = method };
        if (headers is not null)
        {
            fields["Access-Control-Request-Headers"] = headers;
        }

        return server.Client.SendAsync("OPTIONS", target, fields);
    }

    private static async Task<TestServer> StartAsync()
    {
        var server = await TestServer.StartWithBucketAsync();
        var location = $"<CreateBucketConfiguration><LocationConstraint>{TestServer.Region}</LocationConstraint></CreateBucketConfiguration>";
        Assert.Equal(200, (await server.Client.SignedAsync("PUT", "/bare", body: location)).Status);
        var md5 = Convert.ToBase64String(System.Security.Cryptography.MD5.HashData(System.Text.Encoding.UTF8.GetBytes(Rules)));
        var set = await server.Client.SignedAsync("PUT", "/bucket?cors", new Dictionary<string, string> { ["content-md5"] = md5 }, Rules);
        Assert.Equal(200, set.Status);
        return server;
    }
}
