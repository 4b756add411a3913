using System.Security.Cryptography.X509Certificates;

namespace S3Cassandra.Support.Cassandra;

/// <summary>PKCS#12 files as Java reads them.</summary>
public static class PkcsStore
{
    /// <summary>A keystore: a certificate with its key, and the authority that signed it.</summary>
    public static byte[] WithKey(X509Certificate2 certificate, TestAuthority authority, string password) =>
        new X509Certificate2Collection((X509Certificate2[])[certificate, X509CertificateLoader.LoadCertificate(authority.Certificate.RawData)])
            .ExportPkcs12(Pkcs12ExportPbeParameters.Pbes2Aes256Sha256, password);

    /// <summary>
    /// A truststore: the authority whose certificates are believed. With its key, because Java takes a certificate alone for trusted only
    /// where an attribute of its own says so, and .NET writes none; the first certificate of a key's chain it trusts as it is.
    /// </summary>
    public static byte[] OfTrusted(TestAuthority authority, string password) =>
        authority.Certificate.ExportPkcs12(Pkcs12ExportPbeParameters.Pbes2Aes256Sha256, password);
}
