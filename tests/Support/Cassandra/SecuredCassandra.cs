using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace S3Cassandra.Support.Cassandra;

/// <summary>A node that asks for a password and TLS, and whose certificate can be replaced while it runs.</summary>
public sealed class SecuredCassandra : IAsyncDisposable
{
    public const string Username = "cassandra";
    public const string Password = "cassandra";

    private readonly TemporaryFolder _folder;
    private readonly CassandraCluster _cluster;

    private SecuredCassandra(TemporaryFolder folder, CassandraCluster cluster, TestAuthority authority)
    {
        _folder = folder;
        _cluster = cluster;
        Authority = authority;
    }

    /// <summary>Who signed the node's certificate, and is trusted by it for certificates of clients.</summary>
    public TestAuthority Authority { get; }

    public CassandraNode Node => _cluster.Nodes[0];

    public IPEndPoint EndPoint => Node.EndPoint;

    private string Keystore => _folder["keystore.p12"];

    /// <param name="asksForCertificates">Whether clients must show a certificate of <see cref="Authority"/>.</param>
    public static async Task<SecuredCassandra> StartAsync(bool asksForCertificates, CancellationToken token)
    {
        var folder = new TemporaryFolder();
        CassandraCluster? cluster = null;
        try
        {
            var authority = new TestAuthority("Test CA");
            var settings = new CassandraNodeSettings
            {
                Authentication = true,
                Keystore = folder["keystore.p12"],
                Truststore = asksForCertificates ? folder["truststore.p12"] : null,
            };
            await File.WriteAllBytesAsync(folder["truststore.p12"], PkcsStore.OfTrusted(authority, settings.KeystorePassword), token);

            // The node's address is chosen when it starts; a first certificate that names no host lets it start at all.
            await File.WriteAllBytesAsync(folder["keystore.p12"], PkcsStore.WithKey(authority.IssueServer([]), authority, settings.KeystorePassword), token);
            cluster = await CassandraCluster.StartAsync(1, settings, token);

            // A node answers before it has made the role that everybody comes as.
            await cluster.Nodes[0].LoggedAsync("Created default superuser role", token);
            var secured = new SecuredCassandra(folder, cluster, authority);
            await secured.UseAsync(authority.IssueServer([secured.EndPoint.Address]), token);
            return secured;
        }
        catch
        {
            if (cluster is not null)
            {
                await cluster.DisposeAsync();
            }

            folder.Dispose();
            throw;
        }
    }

    /// <summary>Has the node show another certificate, of <see cref="Authority"/>, from its next connection on.</summary>
    public async Task UseAsync(X509Certificate2 certificate, CancellationToken token)
    {
        await File.WriteAllBytesAsync(Keystore, PkcsStore.WithKey(certificate, Authority, new CassandraNodeSettings().KeystorePassword), token);
        _ = await Node.NodetoolAsync(token, "reloadssl");
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _folder.Dispose();
    }
}
