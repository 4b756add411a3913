using S3Cassandra.S3Server.Tests.Server;

namespace S3Cassandra.S3Server.Tests.Hosting;

public class ServerHostTests
{
    [Theory]
    [InlineData("GET", "/live", 200)]
    [InlineData("GET", "/ready", 200)]
    [InlineData("GET", "/", 404)]
    [InlineData("GET", "/bucket/key", 404)]
    [InlineData("POST", "/ready", 405)]
    public async Task The_admin_listener_answers_for_the_process_and_nothing_else(string method, string target, int status)
    {
        await using var server = await TestServer.StartAsync();
        Assert.Equal(status, (await new TestClient(new Uri(server.Host.AdminAddress!)).SendAsync(method, target)).Status);
    }

    [Fact]
    public async Task Live_and_ready_are_names_of_buckets_where_S3_is_served()
    {
        await using var server = await TestServer.StartAsync();
        Assert.Equal("NoSuchBucket", (await server.Client.SignedAsync("GET", "/live")).Code);
        Assert.Equal("NoSuchBucket", (await server.Client.SignedAsync("GET", "/ready")).Code);
    }

    [Fact]
    public async Task A_request_in_flight_is_finished_while_the_server_stops_and_is_unready()
    {
        await using var server = await TestServer.StartWithBucketAsync();
        using var connection = await RawConnection.OpenAsync(server.Address);
        var headers = new TestSigner(DateTimeOffset.UtcNow).Sign("PUT", "/bucket/key", "", new() { ["host"] = server.Client.Host });
        headers["Content-Length"] = "10";
        headers["Expect"] = "100-continue";
        await connection.SendAsync(server.Client.Request("PUT", "/bucket/key", headers, null));
        Assert.Equal(100, (await connection.ReadHeadAsync()).Status);
        var readiness = (S3Cassandra.S3Server.Hosting.Readiness)server.Host.Services.GetService(typeof(S3Cassandra.S3Server.Hosting.Readiness))!;
        var stopping = server.Host.StopAsync();
        Assert.Equal("closing", await readiness.ReasonAsync(TestContext.Current.CancellationToken));
        Assert.False(stopping.IsCompleted);
        await connection.SendAsync("0123456789");
        Assert.Equal(200, (await connection.ReadAsync()).Status);
        await stopping;
        await Assert.ThrowsAnyAsync<Exception>(() => server.Client.SendAsync("GET", "/"));
    }

    [Fact]
    public async Task A_virtual_host_and_a_proxy_target_reach_the_same_object()
    {
        await using var server = await TestServer.StartWithBucketAsync();
        Assert.Equal(200, (await server.Client.SignedAsync("PUT", "/bucket/a/../b%20c", body: "x")).Status);
        var host = new Dictionary<string, string> { ["host"] = $"bucket.{TestServer.Domain}:8080" };
        Assert.Equal("x", (await server.Client.SignedAsync("GET", "/a/../b%20c", host)).Body);
        var signed = new TestSigner(DateTimeOffset.UtcNow).Sign("GET", "/a/../b%20c", "", new() { ["host"] = $"bucket.{TestServer.Domain}" });
        signed["host"] = "proxy:3128";
        Assert.Equal("x", (await server.Client.SendAsync("GET", $"http://bucket.{TestServer.Domain}/a/../b%20c", signed)).Body);
    }

    [Fact]
    public async Task The_account_is_made_once()
    {
        await using var server = await TestServer.StartAsync();
        var token = TestContext.Current.CancellationToken;
        var first = await S3Cassandra.S3Server.Hosting.AccountFacts.LoadAsync(server.Store.Catalog, null, token);
        Assert.Equal(first, await S3Cassandra.S3Server.Hosting.AccountFacts.LoadAsync(server.Store.Catalog, null, token));
        Assert.Matches("^[0-9]{12}$", first.AccountId);
        Assert.Matches("^[0-9a-f]{64}$", first.CanonicalId);
        Assert.Equal($"arn:aws:iam::{first.AccountId}:root", first.Root.PrincipalArn);
    }
}
