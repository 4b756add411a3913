using System.Globalization;
using System.Text;
using S3Cassandra.S3Server.Telemetry;
using S3Cassandra.S3Server.Tests.Server;

namespace S3Cassandra.S3Server.Tests.Pipeline;

public class AccessLogTests
{
    private const string Canary = "CANARY";

    [Fact]
    public async Task A_line_tells_what_was_asked_and_what_came_of_it()
    {
        await using var server = await TestServer.StartWithBucketAsync(withAccessLog: true);
        var put = await server.Client.SignedAsync("PUT", "/bucket/a%20b%0A", body: "hello");
        var missing = await server.Client.SignedAsync("GET", "/bucket/missing");
        var lines = (await server.StopAndReadAccessLogAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);

        // A line is written once its answer is out, so those of requests that follow each other closely may change places.
        string[] LineOf(TestResponse answer) => Assert.Single(lines, line => line.Contains(answer.Header("x-amz-request-id")!, StringComparison.Ordinal)).Split(' ');
        var first = LineOf(put);
        Assert.True(DateTimeOffset.TryParse(first[0], CultureInfo.InvariantCulture, out _));
        Assert.Equal(
            ["127.0.0.1", put.Header("x-amz-request-id")!, "PutObject", "bucket", "a%20b%0A", "200", "-", "5", "0"], first[1..^1]);
        Assert.Equal(
            ["127.0.0.1", missing.Header("x-amz-request-id")!, "GetObject", "bucket", "missing", "404", "NoSuchKey", "0"],
            LineOf(missing)[1..^2]);
    }

    [Fact]
    public async Task No_secret_signature_or_customer_key_is_logged()
    {
        await using var server = await TestServer.StartWithBucketAsync(
            options => options with { AllowSsecOverHttp = true }, withAccessLog: true);
        var key = Convert.ToBase64String(Encoding.ASCII.GetBytes(Canary.PadRight(32, 'K')));
        await server.Client.SignedAsync("PUT", "/bucket/key", new Dictionary<string, string>
        {
            ["x-amz-server-side-encryption-customer-algorithm"] = "AES256",
            ["x-amz-server-side-encryption-customer-key"] = key,
            ["x-amz-server-side-encryption-customer-key-md5"] = Canary,
            ["x-amz-meta-a"] = Canary,
        }, Canary);
        var presigned = new TestSigner(DateTimeOffset.UtcNow).Presign("GET", "/bucket/key", server.Client.Host, $"X-Amz-Security-Token={Canary}");
        await server.Client.SendAsync("GET", "/bucket/key?" + presigned);
        await server.Client.SendAsync("GET", $"/bucket/key?AWSAccessKeyId=x&Expires=9999999999&Signature={Canary}");
        await server.Client.SendAsync("GET", "/bucket/key", new Dictionary<string, string> { ["Authorization"] = $"AWS x:{Canary}" });
        var log = await server.StopAndReadAccessLogAsync();
        Assert.Equal(5, log.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.DoesNotContain(Canary, log, StringComparison.Ordinal);
        Assert.DoesNotContain(key[..12], log, StringComparison.Ordinal);
        Assert.DoesNotContain("Signature", log, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(TestServer.SecretKey, log, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_a_client_sends_breaks_a_line()
    {
        var line = new StringBuilder();
        AccessLog.Format(line, new AccessLogEntry(
            default, null, "ID", "GetObject", "b\r\n\u001b[31m", "a b\u00e9", 200, null, 0, 0, TimeSpan.FromMilliseconds(1.5)));
        Assert.Equal("0001-01-01T00:00:00.000Z - ID GetObject b%0D%0A%1B[31m a%20b%C3%A9 200 - 0 0 1.50\n", line.ToString());
    }

    [Fact]
    public async Task An_output_that_is_gone_ends_the_log_and_nothing_else()
    {
        var log = new AccessLog(new FullStream());
        for (var number = 0; number < 100; number++)
        {
            log.Write(new AccessLogEntry(default, null, "ID", "GetObject", "b", "k", 200, null, 0, 0, default));
        }

        await log.DisposeAsync();
        log.Write(default);
    }

    [Fact]
    public async Task The_address_behind_a_trusted_proxy_is_logged_and_that_of_others_is_not_believed()
    {
        var forwarded = new Dictionary<string, string> { ["X-Forwarded-For"] = "192.0.2.1, 198.51.100.7" };
        await using var behind = await TestServer.StartAsync(
            options => options with { TrustedProxies = [System.Net.IPNetwork.Parse("127.0.0.0/8")] }, withAccessLog: true);
        await behind.Client.SendAsync("GET", "/", forwarded);
        Assert.Contains(" 198.51.100.7 ", await behind.StopAndReadAccessLogAsync(), StringComparison.Ordinal);
        await using var open = await TestServer.StartAsync(withAccessLog: true);
        await open.Client.SendAsync("GET", "/", forwarded);
        Assert.Contains(" 127.0.0.1 ", await open.StopAndReadAccessLogAsync(), StringComparison.Ordinal);
    }

    private sealed class FullStream : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("No space left on device");
    }
}
