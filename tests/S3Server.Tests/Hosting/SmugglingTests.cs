using S3Cassandra.S3Server.Tests.Server;

namespace S3Cassandra.S3Server.Tests.Hosting;

/// <summary>Attack 34: requests whose framing could be read in two ways, on raw sockets. Refused in S3's form, and the connection closes.</summary>
public class SmugglingTests
{
    private const string Start = "PUT /bucket/key HTTP/1.1\r\nHost: h\r\n";

    [Theory]
    [InlineData("both lengths", Start + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n")]
    [InlineData("both, the other way", Start + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n")]
    [InlineData("two lengths", Start + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!")]
    [InlineData("two lengths in one", Start + "Content-Length: 5, 5\r\n\r\nhello")]
    [InlineData("a negative length", Start + "Content-Length: -5\r\n\r\nhello")]
    [InlineData("a length beyond 2^63", Start + "Content-Length: 99999999999999999999\r\n\r\nhello")]
    [InlineData("a hexadecimal length", Start + "Content-Length: 0x5\r\n\r\nhello")]
    [InlineData("a coding that is none", Start + "Transfer-Encoding: gzip\r\n\r\nhello")]
    [InlineData("chunked not last", Start + "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n")]
    [InlineData("chunked with a space", Start + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("a space before the colon", "GET / HTTP/1.1\r\nHost : h\r\n\r\n")]
    [InlineData("a folded header", "GET / HTTP/1.1\r\nHost: h\r\nx-amz-meta-a: b\r\n c\r\n\r\n")]
    [InlineData("two hosts", "GET / HTTP/1.1\r\nHost: h\r\nHost: i\r\n\r\n")]
    [InlineData("no host", "GET / HTTP/1.1\r\n\r\n")]
    [InlineData("a bare carriage return", "GET / HTTP/1.1\r\nHost: h\r\nx-a: b\rc\r\n\r\n")]
    [InlineData("NUL in a header", "GET / HTTP/1.1\r\nHost: h\r\nx-a: b\0c\r\n\r\n")]
    [InlineData("NUL in the target", "GET /a\0b HTTP/1.1\r\nHost: h\r\n\r\n")]
    [InlineData("%00 in the target", "GET /a%00b HTTP/1.1\r\nHost: h\r\n\r\n")]
    [InlineData("a space in the target", "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n")]
    [InlineData("raw bytes in the target", "GET /\u00e9 HTTP/1.1\r\nHost: h\r\n\r\n")]
    [InlineData("no header name", "GET / HTTP/1.1\r\nHost: h\r\n: x\r\n\r\n")]
    public async Task A_request_in_doubt_is_refused_and_the_connection_closes(string what, string request)
    {
        await using var server = await TestServer.StartAsync();
        using var connection = await RawConnection.OpenAsync(server.Address);
        await connection.SendAsync(request);
        var response = await connection.ReadAsync();
        Assert.True(response.Status is >= 400 and < 500, $"{what}: {response.Status}");
        Assert.NotEmpty(response.Code);
        Assert.NotNull(response.Header("x-amz-request-id"));
        Assert.True(await connection.IsClosedAsync(), $"{what}: the connection stays open");
    }

    [Theory]
    [InlineData("5;a=b\nhello\r\n0\r\n\r\n")]
    [InlineData("5\nhello\r\n0\r\n\r\n")]
    [InlineData("5\r\nhelloX0\r\n\r\n")]
    [InlineData("g\r\nhello\r\n0\r\n\r\n")]
    [InlineData("ffffffffffffffffffff\r\nhello\r\n0\r\n\r\n")]
    public async Task A_transfer_chunk_in_doubt_is_refused_and_nothing_is_stored(string chunks)
    {
        await using var server = await TestServer.StartWithBucketAsync();
        using var connection = await RawConnection.OpenAsync(server.Address);
        var headers = new TestSigner(DateTimeOffset.UtcNow).Sign("PUT", "/bucket/key", "", new()
        {
            ["host"] = server.Client.Host,
            ["x-amz-decoded-content-length"] = "5",
            ["content-encoding"] = "aws-chunked",
        }, "STREAMING-UNSIGNED-PAYLOAD-TRAILER");
        headers["Transfer-Encoding"] = "chunked";
        await connection.SendAsync(server.Client.Request("PUT", "/bucket/key", headers, chunks));
        var response = await connection.ReadAsync();
        Assert.Equal(400, response.Status);
        Assert.Equal(404, (await server.Client.SignedAsync("HEAD", "/bucket/key")).Status);
    }

    [Fact]
    public async Task A_second_request_behind_a_refused_body_is_not_answered_out_of_it()
    {
        await using var server = await TestServer.StartAsync();
        using var connection = await RawConnection.OpenAsync(server.Address);
        const string inner = "GET /inner HTTP/1.1\r\nHost: h\r\n\r\n";
        await connection.SendAsync($"PUT /nowhere/key HTTP/1.1\r\nHost: h\r\nContent-Length: {inner.Length}\r\n\r\n{inner}GET /second HTTP/1.1\r\nHost: h\r\n\r\n");
        Assert.Equal("/nowhere/key", (await connection.ReadAsync()).Element("Resource"));
        Assert.Equal("/second", (await connection.ReadAsync()).Element("Resource"));
    }
}
