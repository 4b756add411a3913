using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace S3Cassandra.Support.Cassandra;

/// <summary>A certificate authority of a test, and the certificates that it signs. Keys live in memory only.</summary>
public sealed class TestAuthority
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    public TestAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        Certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-2), DateTimeOffset.UtcNow.AddYears(2));
    }

    /// <summary>The authority's own certificate, with its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The authority's certificate as clients trust it, in PEM.</summary>
    public string Pem => Certificate.ExportCertificatePem();

    /// <summary>A server's certificate, valid now, for addresses and host names.</summary>
    public X509Certificate2 IssueServer(IReadOnlyList<IPAddress> addresses, params IReadOnlyList<string> hosts) =>
        Issue("CN=node", ServerAuthentication, addresses, hosts, DateTimeOffset.UtcNow.AddHours(1));

    /// <summary>A server's certificate that ended yesterday.</summary>
    public X509Certificate2 IssueExpiredServer(IReadOnlyList<IPAddress> addresses) =>
        Issue("CN=node", ServerAuthentication, addresses, [], DateTimeOffset.UtcNow.AddDays(-1));

    /// <summary>A client's certificate, valid now.</summary>
    public X509Certificate2 IssueClient(string name) => Issue($"CN={name}", ClientAuthentication, [], [], DateTimeOffset.UtcNow.AddHours(1));

    private X509Certificate2 Issue(string subject, string usage, IReadOnlyList<IPAddress> addresses, IReadOnlyList<string> hosts, DateTimeOffset end)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, true, false));
        var names = new SubjectAlternativeNameBuilder();
        foreach (var address in addresses)
        {
            names.AddIpAddress(address);
        }

        foreach (var host in hosts)
        {
            names.AddDnsName(host);
        }

        if (addresses.Count + hosts.Count > 0)
        {
            request.CertificateExtensions.Add(names.Build());
        }

        using var signed = request.Create(Certificate, end.AddDays(-100), end, RandomNumberGenerator.GetBytes(16));
        return signed.CopyWithPrivateKey(key);
    }
}
