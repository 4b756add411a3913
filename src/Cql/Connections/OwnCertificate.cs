using System.Security.Cryptography.X509Certificates;

namespace S3Cassandra.Cql.Connections;

/// <summary>The certificate that this client shows to a node which asks for one, and whether it was asked: TLS itself says neither.</summary>
internal sealed class OwnCertificate(X509CertificateCollection? certificates)
{
    private bool _isAsked;
    private X509Certificate? _shown;

    /// <summary>What to do where the node broke off: a sentence with a space before it; empty where certificates have no part in it.</summary>
    public string Advice => _shown is not null
        ? $" It was shown the certificate of {_shown.Subject}: the node has to trust {_shown.Issuer}, which issued it."
        : _isAsked
            ? $" The node asks for a certificate of this client, and there is none: {nameof(TlsOptions)}.{nameof(TlsOptions.ClientCertificates)} takes it, with its private key."
            : "";

    /// <summary>One whose issuer the node names, else the first.</summary>
    /// <param name="remote">The node's own certificate; null where it has not been asked for yet, and nothing has been asked of this client.</param>
    public X509Certificate? Select(X509Certificate? remote, string[] issuers)
    {
        _isAsked |= remote is not null;
        X509Certificate[] own = [.. certificates ?? []];
        _shown = Array.Find(own, certificate => issuers.Contains(certificate.Issuer)) ?? own.FirstOrDefault();
        return _shown;
    }
}
