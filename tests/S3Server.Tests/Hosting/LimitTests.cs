using S3Cassandra.S3Server.Configuration;
using S3Cassandra.S3Server.Tests.Server;

namespace S3Cassandra.S3Server.Tests.Hosting;

/// <summary>Attack 36: what is too large is refused in S3's form, and the largest that is legal works.</summary>
public class LimitTests
{
    [Fact]
    public async Task A_line_that_is_too_long_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        var response = await server.Client.SendAsync("GET", "/bucket/" + new string('a', 17 * 1024));
        Assert.Equal((414, "InvalidURI"), (response.Status, response.Code));
    }

    [Fact]
    public async Task Headers_that_are_too_large_are_refused()
    {
        await using var server = await TestServer.StartAsync();
        var response = await server.Client.SendAsync("GET", "/", new Dictionary<string, string> { ["x-a"] = new('a', 33 * 1024) });
        Assert.Equal((400, "RequestHeaderSectionTooLarge"), (response.Status, response.Code));
    }

    [Fact]
    public async Task Too_many_headers_are_refused_and_many_are_not()
    {
        await using var server = await TestServer.StartAsync();
        var many = Enumerable.Range(0, 513).ToDictionary(number => $"x-h-{number}", _ => "v");
        Assert.Equal("RequestHeaderSectionTooLarge", (await server.Client.SendAsync("GET", "/", many)).Code);
        Assert.Equal("AccessDenied", (await server.Client.SendAsync("GET", "/", many.Take(400))).Code);
    }

    [Fact]
    public async Task The_longest_key_percent_encoded_works_beside_a_session_token()
    {
        await using var server = await TestServer.StartWithBucketAsync();
        var key = string.Concat(Enumerable.Repeat("%C3%A9", 512));
        Assert.Equal(200, (await server.Client.SignedAsync("PUT", "/bucket/" + key, body: "x")).Status);
        var presigned = new TestSigner(DateTimeOffset.UtcNow).Presign(
            "GET", "/bucket/" + key, server.Client.Host, "response-content-type=text%2Fplain");
        Assert.Equal("x", (await server.Client.SendAsync("GET", $"/bucket/{key}?{presigned}")).Body);
        var token = new Dictionary<string, string> { ["x-a"] = new('t', 4096) };
        Assert.Equal(200, (await server.Client.SignedAsync("HEAD", "/bucket/" + key, token)).Status);
        Assert.Equal("KeyTooLongError", (await server.Client.SignedAsync("PUT", $"/bucket/{key}a", body: "x")).Code);
    }

    [Fact]
    public async Task A_header_in_Latin_1_or_UTF_8_is_taken_for_what_it_is()
    {
        await using var server = await TestServer.StartAsync();
        using var connection = await RawConnection.OpenAsync(server.Address);
        await connection.SendAsync("GET / HTTP/1.1\r\nHost: h\r\nx-amz-meta-a: caf\u00e9\r\n\r\n");
        Assert.Equal(403, (await connection.ReadAsync()).Status);
        await connection.SendAsync(System.Text.Encoding.UTF8.GetBytes("GET / HTTP/1.1\r\nHost: h\r\nx-amz-meta-a: café\r\n\r\n"));
        Assert.Equal(403, (await connection.ReadAsync()).Status);
    }

    [Fact]
    public async Task Headers_that_do_not_end_in_time_are_cut()
    {
        await using var server = await TestServer.StartAsync(options => options with
        {
            Limits = new EdgeLimits { HeaderTime = TimeSpan.FromMilliseconds(200) },
        });
        using var connection = await RawConnection.OpenAsync(server.Address);
        await connection.SendAsync("GET / HTTP/1.1\r\nHost: h\r\n");
        Assert.Equal("RequestTimeout", (await connection.ReadAsync()).Code);
        Assert.True(await connection.IsClosedAsync());
    }

    [Fact]
    public async Task A_connection_that_idles_is_closed()
    {
        await using var server = await TestServer.StartAsync(options => options with
        {
            Limits = new EdgeLimits { IdleTime = TimeSpan.FromMilliseconds(200) },
        });
        using var connection = await RawConnection.OpenAsync(server.Address);
        Assert.True(await connection.IsClosedAsync());
    }

    [Fact]
    public async Task A_body_that_trickles_is_cut_with_an_answer()
    {
        await using var server = await TestServer.StartWithBucketAsync(options => options with
        {
            Limits = new EdgeLimits { MinBodyRate = 1_000_000, SlowBodyGrace = TimeSpan.FromSeconds(1.1) },
        });
        using var connection = await RawConnection.OpenAsync(server.Address);
        var headers = new TestSigner(DateTimeOffset.UtcNow).Sign("PUT", "/bucket/key", "", new() { ["host"] = server.Client.Host });
        headers["Content-Length"] = "100000";
        await connection.SendAsync(server.Client.Request("PUT", "/bucket/key", headers, "a few"));
        Assert.Equal("RequestTimeout", (await connection.ReadAsync()).Code);
        Assert.Equal(404, (await server.Client.SignedAsync("HEAD", "/bucket/key")).Status);
    }

    [Fact]
    public async Task A_request_beyond_those_that_are_answered_is_told_at_once_to_slow_down()
    {
        await using var server = await TestServer.StartWithBucketAsync(options => options with { Limits = new EdgeLimits { Requests = 1 } });
        using var slow = await RawConnection.OpenAsync(server.Address);
        var headers = new TestSigner(DateTimeOffset.UtcNow).Sign(
            "PUT", "/bucket/key", "", new() { ["host"] = server.Client.Host }, TestSigner.Hash("body"u8.ToArray()));
        headers["Content-Length"] = "4";
        headers["Expect"] = "100-continue";
        await slow.SendAsync(server.Client.Request("PUT", "/bucket/key", headers, null));
        Assert.Equal(100, (await slow.ReadHeadAsync()).Status);

        // Even one that would be refused: nothing of it is looked at.
        var shed = await server.Client.SendAsync("GET", "/bucket/key");
        Assert.Equal((503, "SlowDown", "1"), (shed.Status, shed.Code, shed.Header("Retry-After")));
        await slow.SendAsync("body");
        Assert.Equal(200, (await slow.ReadAsync()).Status);
        Assert.Equal("body", (await server.Client.SignedAsync("GET", "/bucket/key")).Body);
    }
}
