using System.Security.Cryptography.X509Certificates;
using S3Cassandra.Cql.Connections;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Support.Cassandra;

namespace S3Cassandra.Cql.Tests.Cassandra;

/// <summary>A node that lets in only who shows a certificate of its authority.</summary>
[Collection(CassandraCollection.Name)]
public class ClientCertificateTests(ClientCertificateFixture fixture) : IClassFixture<ClientCertificateFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ProtocolVersion.V4)]
    [InlineData(ProtocolVersion.V5)]
    public async Task A_certificate_of_the_right_authority_is_let_in(ProtocolVersion version)
    {
        var node = await fixture.StartAsync(Token);
        using var certificate = node.Authority.IssueClient("client");
        await using var session = await CqlSession.ConnectAsync(Options(node, certificate) with { ProtocolVersion = version }, Token);
        Assert.Equal(1, await session.CountAsync("SELECT count(*) FROM system.local", Token));
    }

    [Fact]
    public async Task Without_a_certificate_what_is_missing_is_said()
    {
        var node = await fixture.StartAsync(Token);
        var refused = await RefusedAsync(Options(node));
        Assert.Contains("asks for a certificate of this client", refused.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(TlsOptions.ClientCertificates), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_of_another_authority_is_named_as_the_one_that_was_refused()
    {
        var node = await fixture.StartAsync(Token);
        using var certificate = new TestAuthority("Another CA").IssueClient("stranger");
        var refused = await RefusedAsync(Options(node, certificate));
        Assert.Contains("CN=stranger", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<CqlConnectionException> RefusedAsync(CqlSessionOptions options)
    {
        var refused = await Assert.ThrowsAsync<NoNodeAvailableException>(async () => await CqlSession.ConnectAsync(options, Token));
        return Assert.IsType<CqlConnectionException>(Assert.Single(refused.Reasons).Value);
    }

    private static CqlSessionOptions Options(SecuredCassandra node, params X509Certificate2[] certificates) => KeyspaceFixture.Options([node.EndPoint]) with
    {
        Username = SecuredCassandra.Username,
        Password = SecuredCassandra.Password,
        Tls = new TlsOptions { CertificateAuthorities = [node.Authority.Certificate], ClientCertificates = certificates.Length > 0 ? [.. certificates] : null },
    };
}
