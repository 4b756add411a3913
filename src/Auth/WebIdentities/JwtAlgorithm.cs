using System.Security.Cryptography;

namespace S3Cassandra.Auth.WebIdentities;

/// <summary>
/// A signature algorithm of JWS that is accepted: those with a public key (RFC 7518, 3.3 to 3.5). <c>none</c> and HMAC are not here, so
/// that nothing can choose them.
/// </summary>
/// <param name="Name">As <c>alg</c> has it.</param>
/// <param name="KeyType">The only <c>kty</c> that it goes with.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Padding">RSA's padding; null for an elliptic curve.</param>
/// <param name="Curve">The only curve that it goes with; null for RSA.</param>
internal sealed record JwtAlgorithm(string Name, string KeyType, HashAlgorithmName Hash, RSASignaturePadding? Padding, string? Curve)
{
    private static readonly JwtAlgorithm[] All =
    [
        new("RS256", "RSA", HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1, null),
        new("RS384", "RSA", HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1, null),
        new("RS512", "RSA", HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1, null),
        new("PS256", "RSA", HashAlgorithmName.SHA256, RSASignaturePadding.Pss, null),
        new("PS384", "RSA", HashAlgorithmName.SHA384, RSASignaturePadding.Pss, null),
        new("PS512", "RSA", HashAlgorithmName.SHA512, RSASignaturePadding.Pss, null),
        new("ES256", "EC", HashAlgorithmName.SHA256, null, "P-256"),
        new("ES384", "EC", HashAlgorithmName.SHA384, null, "P-384"),
        new("ES512", "EC", HashAlgorithmName.SHA512, null, "P-521"),
    ];

    public static JwtAlgorithm? Named(string? name) => Array.Find(All, one => one.Name == name);
}
