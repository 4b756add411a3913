using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using S3Cassandra.S3Server.Configuration;
using S3Cassandra.S3Server.Tests.Server;
using S3Cassandra.Support;

namespace S3Cassandra.S3Server.Tests.Hosting;

public class TlsTests
{
    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Both_versions_of_HTTP_are_spoken_over_TLS(string version)
    {
        using var folder = new TemporaryFolder();
        await using var server = await StartAsync(folder);
        using var client = Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "/nowhere/key"))
        {
            Version = Version.Parse(version),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(Version.Parse(version), response.Version);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("<Code>NoSuchBucket</Code>", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_TLS_there_is_no_HTTP_2()
    {
        await using var server = await TestServer.StartAsync();
        using var connection = await RawConnection.OpenAsync(server.Address);
        await connection.SendAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        await Assert.ThrowsAsync<EndOfStreamException>(() => connection.ReadAsync());
    }

    [Fact]
    public async Task A_certificate_that_is_none_is_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["cert.pem"], "nothing");
        File.WriteAllText(folder["key.pem"], "nothing");
        var failure = await Assert.ThrowsAsync<ConfigurationException>(() => TestServer.StartAsync(options => WithCertificate(options, folder)));
        Assert.Contains(folder["cert.pem"], failure.Message, StringComparison.Ordinal);
    }

    private static Task<TestServer> StartAsync(TemporaryFolder folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(folder["cert.pem"], certificate.ExportCertificatePem());
        File.WriteAllText(folder["key.pem"], key.ExportPkcs8PrivateKeyPem());
        return TestServer.StartAsync(options => WithCertificate(options, folder));
    }

    private static ServerOptions WithCertificate(ServerOptions options, TemporaryFolder folder) => options with
    {
        Listen = [ListenAddress.TryParse("https://127.0.0.1:0", isTlsByDefault: true)!],
        TlsCertificate = folder["cert.pem"],
        TlsKey = folder["key.pem"],
    };

    private static HttpClient Client() => new(new HttpClientHandler
    {
        // The certificate is made by the test and signed by nobody.
        ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
    });
}
