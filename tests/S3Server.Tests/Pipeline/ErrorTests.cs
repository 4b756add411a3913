using S3Cassandra.S3Server.Tests.Server;
using S3Cassandra.Storage.Catalog;

namespace S3Cassandra.S3Server.Tests.Pipeline;

/// <summary>Errors reach the client: in S3's form, whatever it was sending, and without a body where HTTP has none.</summary>
public class ErrorTests
{
    [Fact]
    public async Task An_error_is_a_document_with_ids_that_the_headers_repeat()
    {
        await using var server = await TestServer.StartAsync();
        var response = await server.Client.SignedAsync("GET", "/nowhere/a%26b");
        Assert.Equal((404, "NoSuchBucket"), (response.Status, response.Code));
        Assert.Equal("application/xml", response.Header("Content-Type"));
        Assert.Equal(response.Header("x-amz-request-id"), response.Element("RequestId"));
        Assert.Equal(response.Header("x-amz-id-2"), response.Element("HostId"));
        Assert.Equal("/nowhere/a%26b", response.Element("Resource"));
        Assert.Equal("nowhere", response.Element("BucketName"));
        Assert.Matches("^[0-9A-F]{16}$", response.Header("x-amz-request-id"));
        Assert.Equal("S3Cassandra", response.Header("Server"));
    }

    [Fact]
    public async Task HEAD_has_no_body_and_the_connection_stays_in_step()
    {
        await using var server = await TestServer.StartAsync();
        using var connection = await RawConnection.OpenAsync(server.Address);
        await connection.SendAsync("HEAD /nowhere HTTP/1.1\r\nHost: h\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n");
        Assert.Equal(404, (await connection.ReadAsync(isHead: true)).Status);
        Assert.Equal("AccessDenied", (await connection.ReadAsync()).Code);
    }

    [Theory]
    [InlineData("/nowhere/key", 404, "NoSuchBucket")]
    [InlineData("/bucket/key", 403, "AccessDenied")]
    public async Task A_client_that_sends_all_before_it_reads_sees_the_error(string target, int status, string code)
    {
        await using var server = await TestServer.StartWithBucketAsync();
        using var connection = await RawConnection.OpenAsync(server.Address);
        const int length = 32 * 1024 * 1024;
        await connection.SendAsync($"PUT {target} HTTP/1.1\r\nHost: h\r\nContent-Length: {length}\r\n\r\n");
        var piece = new byte[1024 * 1024];
        for (var sent = 0; sent < length; sent += piece.Length)
        {
            await connection.SendAsync(piece);
        }

        var response = await connection.ReadAsync();
        Assert.Equal((status, code), (response.Status, response.Code));
        await connection.SendAsync("GET /nowhere HTTP/1.1\r\nHost: h\r\n\r\n");
        Assert.Equal(404, (await connection.ReadAsync()).Status);
    }

    [Fact]
    public async Task A_failed_condition_reaches_a_client_that_is_still_sending()
    {
        await using var server = await TestServer.StartWithBucketAsync();
        await server.Client.SignedAsync("PUT", "/bucket/key", body: "x");
        var body = new string('a', 4 * 1024 * 1024);
        var response = await server.Client.SignedAsync(
            "PUT", "/bucket/key", new Dictionary<string, string> { ["if-none-match"] = "*" }, body, "UNSIGNED-PAYLOAD");
        Assert.Equal((412, "PreconditionFailed"), (response.Status, response.Code));
    }

    [Fact]
    public async Task A_client_that_expects_100_gets_the_error_instead_and_the_connection_ends()
    {
        await using var server = await TestServer.StartAsync();
        using var connection = await RawConnection.OpenAsync(server.Address);
        await connection.SendAsync("PUT /nowhere/key HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 1000000\r\n\r\n");
        var text = await connection.ReadAsync();
        Assert.Equal((404, "NoSuchBucket"), (text.Status, text.Code));
        Assert.Equal("close", text.Header("Connection"));
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_503_with_Retry_After_and_unready()
    {
        await using var server = await TestServer.StartAsync();
        Assert.Equal(200, (await new TestClient(new Uri(server.Host.AdminAddress!)).SendAsync("GET", "/ready")).Status);
        await server.Host.DisposeAsync();
        var time = TimeProvider.System;
        var readiness = new S3Cassandra.S3Server.Hosting.Readiness(new DeadCatalog(), time);
        Assert.NotNull(await readiness.ReasonAsync(TestContext.Current.CancellationToken));
        var failure = S3Cassandra.S3Server.Pipeline.Failures.Translate(new Storage.StoreUnavailableException("x"), isAborted: false)!;
        Assert.Equal(("SlowDown", 503), (failure.Error.Code, failure.Error.Status));
        failure = S3Cassandra.S3Server.Pipeline.Failures.Translate(new Storage.StoreFullException("x"), isAborted: false)!;
        Assert.Equal(507, failure.Error.Status);
        failure = S3Cassandra.S3Server.Pipeline.Failures.Translate(new Storage.CorruptDataException("x"), isAborted: false)!;
        Assert.Equal(("InternalError", 500), (failure.Error.Code, failure.Error.Status));
    }

    [Fact]
    public async Task HeadBucket_names_the_region_on_success_and_error()
    {
        await using var server = await TestServer.StartWithBucketAsync();
        Assert.Equal(TestServer.Region, (await server.Client.SignedAsync("HEAD", "/bucket")).Header("x-amz-bucket-region"));
        var anonymous = await server.Client.SendAsync("HEAD", "/bucket");
        Assert.Equal((403, TestServer.Region), (anonymous.Status, anonymous.Header("x-amz-bucket-region")));
        var elsewhere = await server.Client.SignedAsync("GET", "/bucket", region: "us-west-9");
        Assert.Equal((400, "AuthorizationHeaderMalformed", TestServer.Region), (elsewhere.Status, elsewhere.Code, elsewhere.Element("Region")));
    }

    private sealed class DeadCatalog : ICatalog
    {
        public ValueTask<CatalogRecord?> GetAsync(CatalogTable table, string key, CancellationToken cancellationToken) =>
            throw new Storage.StoreUnavailableException("dead");

        public ValueTask<CatalogResult> WriteAsync(
            CatalogTable table, string key, long? expectedRevision, byte[]? value, CancellationToken cancellationToken) =>
            throw new Storage.StoreUnavailableException("dead");

        public ValueTask<IReadOnlyList<CatalogRecord>> ListAsync(
            CatalogTable table, string prefix, string? after, int limit, CancellationToken cancellationToken) =>
            throw new Storage.StoreUnavailableException("dead");

        public ValueTask<IReadOnlyList<CatalogRecord>> ChangedSinceAsync(
            CatalogTable table, long revision, int limit, CancellationToken cancellationToken) =>
            throw new Storage.StoreUnavailableException("dead");
    }
}
