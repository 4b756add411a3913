using System.Security.Cryptography.X509Certificates;

namespace S3Cassandra.Cql.Connections;

/// <summary>TLS to the nodes. The certificate's chain and name are always validated; what can be chosen is whom to trust and which name to expect.</summary>
public sealed class TlsOptions
{
    /// <summary>Roots to trust instead of the machine's; null: the machine's.</summary>
    public X509Certificate2Collection? CertificateAuthorities { get; init; }

    /// <summary>Certificates of this client with their private keys, for nodes that ask for one.</summary>
    public X509CertificateCollection? ClientCertificates { get; init; }

    /// <summary>The name that a node's certificate must carry; null: the contact point's name, or the node's address for nodes found through others.</summary>
    public string? TargetHost { get; init; }

    /// <summary>Whether revocation lists are asked for.</summary>
    public X509RevocationMode RevocationMode { get; init; } = X509RevocationMode.NoCheck;
}
