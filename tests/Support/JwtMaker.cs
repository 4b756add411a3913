using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace S3Cassandra.Support;

/// <summary>An identity provider's key pairs, and tokens signed with them, right or wrong as a test wants them.</summary>
public sealed class JwtMaker : IDisposable
{
    public const string RsaId = "rsa-1";

    private static readonly (string Id, string Curve, ECCurve Parameters, HashAlgorithmName Hash)[] Curves =
    [
        ("ES256", "P-256", ECCurve.NamedCurves.nistP256, HashAlgorithmName.SHA256),
        ("ES384", "P-384", ECCurve.NamedCurves.nistP384, HashAlgorithmName.SHA384),
        ("ES512", "P-521", ECCurve.NamedCurves.nistP521, HashAlgorithmName.SHA512),
    ];

    private readonly Dictionary<string, ECDsa> _curves = Curves.ToDictionary(curve => curve.Id, curve => ECDsa.Create(curve.Parameters));

    public RSA Rsa { get; } = RSA.Create(2048);

    /// <summary>The public key of the RSA pair as HMAC confusion uses it: the PEM that anybody can make of the JWKS.</summary>
    public byte[] RsaPem => Encoding.ASCII.GetBytes(Rsa.ExportSubjectPublicKeyInfoPem());

    /// <summary>The JWKS of all keys: the RSA key for any of its algorithms, the curves' each for its own.</summary>
    public string KeySet => Set([RsaKey(Rsa.ExportParameters(false)), .. Curves.Select(curve => CurveKey(curve.Id))]);

    public static string Set(IEnumerable<string> keys) => $"{{\"keys\":[{string.Join(',', keys)}]}}";

    public static string RsaKey(RSAParameters key, string id = RsaId, string more = "") =>
        $$"""{"kty":"RSA","kid":"{{id}}","n":"{{Encode(key.Modulus)}}","e":"{{Encode(key.Exponent)}}"{{more}}}""";

    public string CurveKey(string id, string more = "")
    {
        var key = _curves[id].ExportParameters(false);
        var curve = Curves.Single(one => one.Id == id).Curve;
        return $$"""{"kty":"EC","kid":"{{id}}","use":"sig","crv":"{{curve}}","x":"{{Encode(key.Q.X)}}","y":"{{Encode(key.Q.Y)}}"{{more}}}""";
    }

    public static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    public static string Encode(string text) => Encode(Encoding.UTF8.GetBytes(text));

    /// <summary>The claims of a good token, with others in place of some; null leaves one out.</summary>
    public static string Claims(string issuer, string audience, string subject, DateTimeOffset now, params (string Name, object? Value)[] others)
    {
        var claims = new Dictionary<string, object?>
        {
            ["iss"] = issuer,
            ["aud"] = audience,
            ["sub"] = subject,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddMinutes(10).ToUnixTimeSeconds(),
        };
        foreach (var (name, value) in others)
        {
            claims[name] = value;
            if (value is null)
            {
                claims.Remove(name);
            }
        }

        return JsonSerializer.Serialize(claims);
    }

    /// <summary>A token of an algorithm, with the key that goes with it.</summary>
    public string Sign(string algorithm, string claims)
    {
        var header = algorithm.StartsWith("ES", StringComparison.Ordinal) ? Header(algorithm, algorithm) : Header(algorithm, RsaId);
        return SignWith(header, claims, algorithm);
    }

    public static string Header(string algorithm, string? keyId) =>
        keyId is null ? $$"""{"alg":"{{algorithm}}","typ":"JWT"}""" : $$"""{"alg":"{{algorithm}}","kid":"{{keyId}}","typ":"JWT"}""";

    /// <summary>A token with any header, signed as <paramref name="algorithm"/> would be.</summary>
    public string SignWith(string header, string claims, string algorithm)
    {
        var signed = $"{Encode(header)}.{Encode(claims)}";
        var bytes = Encoding.ASCII.GetBytes(signed);
        var hash = new HashAlgorithmName("SHA" + algorithm[2..]);
        var signature = algorithm[..2] switch
        {
            "RS" => Rsa.SignData(bytes, hash, RSASignaturePadding.Pkcs1),
            "PS" => Rsa.SignData(bytes, hash, RSASignaturePadding.Pss),
            _ => _curves[algorithm].SignData(bytes, hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation),
        };
        return $"{signed}.{Encode(signature)}";
    }

    /// <summary>A token signed with a shared secret, whatever it is.</summary>
    public static string SignWithSecret(string header, string claims, byte[] secret)
    {
        var signed = $"{Encode(header)}.{Encode(claims)}";
        return $"{signed}.{Encode(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>The DER form of a curve's signature, which JWS does not use.</summary>
    public string SignInDer(string claims)
    {
        var signed = $"{Encode(Header("ES256", "ES256"))}.{Encode(claims)}";
        return $"{signed}.{Encode(_curves["ES256"].SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence))}";
    }

    public void Dispose()
    {
        Rsa.Dispose();
        foreach (var key in _curves.Values)
        {
            key.Dispose();
        }
    }
}
