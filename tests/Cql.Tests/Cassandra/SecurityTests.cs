using System.Security.Cryptography.X509Certificates;
using S3Cassandra.Cql.Connections;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Support.Cassandra;

namespace S3Cassandra.Cql.Tests.Cassandra;

/// <summary>A node with password authentication and TLS. Its certificate is put back after a test that replaced it.</summary>
[Collection(CassandraCollection.Name)]
public class SecurityTests(SharedCassandra cassandra)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ProtocolVersion.V4)]
    [InlineData(ProtocolVersion.V5)]
    public async Task The_right_password_over_TLS_is_let_in(ProtocolVersion version)
    {
        var secured = await cassandra.SecuredAsync();
        await using var session = await CqlSession.ConnectAsync(Options(secured) with { ProtocolVersion = version }, Token);
        Assert.Equal(version, session.ProtocolVersion);
        Assert.Equal(1, await session.CountAsync("SELECT count(*) FROM system.local", Token));
    }

    [Theory]
    [InlineData(ProtocolVersion.V4)]
    [InlineData(ProtocolVersion.V5)]
    public async Task A_wrong_password_is_said_and_not_shown(ProtocolVersion version)
    {
        var secured = await cassandra.SecuredAsync();
        var refused = await Assert.ThrowsAsync<CqlAuthenticationException>(
            async () => await CqlSession.ConnectAsync(Options(secured) with { ProtocolVersion = version, Password = "not-the-password" }, Token));
        Assert.Contains("cassandra", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-password", refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ProtocolVersion.V4)]
    [InlineData(ProtocolVersion.V5)]
    public async Task No_password_where_one_is_asked_for_is_said(ProtocolVersion version)
    {
        var secured = await cassandra.SecuredAsync();
        await Assert.ThrowsAsync<CqlAuthenticationException>(
            async () => await CqlSession.ConnectAsync(Options(secured) with { ProtocolVersion = version, Username = null, Password = null }, Token));
    }

    [Fact]
    public async Task A_role_without_the_right_is_refused()
    {
        var secured = await cassandra.SecuredAsync();
        await using var admin = await CqlSession.ConnectAsync(Options(secured), Token);
        await admin.RunAsync("CREATE ROLE IF NOT EXISTS guest WITH PASSWORD = 'guest-password' AND LOGIN = true", Token);
        await using var guest = await CqlSession.ConnectAsync(Options(secured) with { Username = "guest", Password = "guest-password" }, Token);
        var refused = await Assert.ThrowsAsync<CqlServerException>(() => guest.RunAsync("DROP KEYSPACE system_traces", Token));
        Assert.Equal(CqlErrorCode.Unauthorized, refused.Code);
    }

    [Theory]
    [InlineData(ProtocolVersion.V4)]
    [InlineData(ProtocolVersion.V5)]
    public async Task An_authority_that_is_not_trusted_is_refused(ProtocolVersion version)
    {
        var secured = await cassandra.SecuredAsync();
        await RefusedAsync(Options(secured) with { ProtocolVersion = version, Tls = Trusting(new TestAuthority("Another CA")) });
    }

    [Theory]
    [InlineData(ProtocolVersion.V4)]
    [InlineData(ProtocolVersion.V5)]
    public async Task Without_TLS_the_node_is_not_reached(ProtocolVersion version)
    {
        var secured = await cassandra.SecuredAsync();
        await RefusedAsync(Options(secured) with { ProtocolVersion = version, Tls = null });
    }

    [Fact]
    public async Task A_certificate_of_another_host_is_refused()
    {
        var secured = await cassandra.SecuredAsync();
        await WithAsync(secured, secured.Authority.IssueServer([System.Net.IPAddress.Parse("127.255.0.1")], "node.example"), async () =>
        {
            await RefusedAsync(Options(secured));
            await RefusedAsync(Options(secured) with { ProtocolVersion = ProtocolVersion.V5 });
            var named = Options(secured) with
            {
                Tls = new TlsOptions { CertificateAuthorities = [secured.Authority.Certificate], TargetHost = "node.example" },
            };
            await using var session = await CqlSession.ConnectAsync(named, Token);
            Assert.Equal(1, await session.CountAsync("SELECT count(*) FROM system.local", Token));
        });
    }

    [Fact]
    public async Task An_expired_certificate_is_refused()
    {
        var secured = await cassandra.SecuredAsync();
        await WithAsync(secured, secured.Authority.IssueExpiredServer([secured.EndPoint.Address]), async () =>
        {
            await RefusedAsync(Options(secured));
            await RefusedAsync(Options(secured) with { ProtocolVersion = ProtocolVersion.V5 });
        });
    }

    [Fact]
    public async Task A_contact_point_s_name_is_what_the_certificate_has_to_name()
    {
        var secured = await cassandra.SecuredAsync();
        await using var relay = TcpRelay.Start(secured.EndPoint);
        var byName = Options(secured) with { ContactPoints = [$"localhost:{relay.EndPoint.Port}"] };
        await WithAsync(secured, secured.Authority.IssueServer([], "localhost"), async () =>
        {
            foreach (var version in (ProtocolVersion[])[ProtocolVersion.V4, ProtocolVersion.V5])
            {
                await using var session = await CqlSession.ConnectAsync(byName with { ProtocolVersion = version }, Token);
                Assert.Equal(1, await session.CountAsync("SELECT count(*) FROM system.local", Token));
            }

            await RefusedAsync(byName with { ContactPoints = [$"{relay.EndPoint}"] });
        });
    }

    private static async Task RefusedAsync(CqlSessionOptions options)
    {
        var refused = await Assert.ThrowsAsync<NoNodeAvailableException>(async () => await CqlSession.ConnectAsync(options, Token));
        Assert.IsType<CqlConnectionException>(Assert.Single(refused.Reasons).Value);
    }

    private static async Task WithAsync(SecuredCassandra secured, X509Certificate2 certificate, Func<Task> test)
    {
        await secured.UseAsync(certificate, Token);
        try
        {
            await test();
        }
        finally
        {
            await secured.UseAsync(secured.Authority.IssueServer([secured.EndPoint.Address]), Token);
        }
    }

    private static TlsOptions Trusting(TestAuthority authority) => new() { CertificateAuthorities = [authority.Certificate] };

    private static CqlSessionOptions Options(SecuredCassandra secured) => KeyspaceFixture.Options([secured.EndPoint]) with
    {
        Username = SecuredCassandra.Username,
        Password = SecuredCassandra.Password,
        Tls = Trusting(secured.Authority),
    };
}
