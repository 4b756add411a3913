using System.Security.Cryptography;
using System.Text.Json;
using S3Cassandra.Auth.Encodings;

namespace S3Cassandra.Auth.WebIdentities;

/// <summary>
/// A public key of an identity provider that signatures can be verified with (RFC 7517). Its type decides which algorithms it goes with;
/// RSA keys have 2,048 to 8,192 bits.
/// </summary>
public sealed class JsonWebKey
{
    private const int MinModulus = 2048 / 8;
    private const int MaxModulus = 8192 / 8;
    private const int MaxExponent = 4;

    private static readonly (string Name, ECCurve Curve, int Length)[] Curves =
    [
        ("P-256", ECCurve.NamedCurves.nistP256, 32),
        ("P-384", ECCurve.NamedCurves.nistP384, 48),
        ("P-521", ECCurve.NamedCurves.nistP521, 66),
    ];

    private readonly string _type;
    private readonly string? _algorithm;
    private readonly string? _curve;
    private readonly RSAParameters _rsa;
    private readonly ECParameters _ec;

    private JsonWebKey(JsonElement json, RSAParameters rsa)
        : this(json, "RSA") => _rsa = rsa;

    private JsonWebKey(JsonElement json, ECParameters ec)
        : this(json, "EC")
    {
        _curve = JwtJson.Text(json, "crv");
        _ec = ec;
    }

    private JsonWebKey(JsonElement json, string type)
    {
        _type = type;
        Id = JwtJson.Text(json, "kid");
        _algorithm = JwtJson.Text(json, "alg");
    }

    /// <summary>Its <c>kid</c>; null where it has none.</summary>
    public string? Id { get; }

    /// <summary>A key of a set; null where it is none that signatures are verified with here.</summary>
    internal static JsonWebKey? Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object
            || (json.TryGetProperty("use", out _) && JwtJson.Text(json, "use") != "sig")
            || (json.TryGetProperty("key_ops", out var uses) && !MayVerify(uses)))
        {
            return null;
        }

        return JwtJson.Text(json, "kty") switch
        {
            "RSA" => ReadRsa(json),
            "EC" => ReadEc(json),
            _ => null,
        };
    }

    /// <summary>Whether a token's algorithm is one for this key.</summary>
    internal bool GoesWith(JwtAlgorithm algorithm) =>
        algorithm.KeyType == _type && algorithm.Curve == _curve && (_algorithm is null || _algorithm == algorithm.Name);

    /// <summary>Whether a signature is this key's; the algorithm has to go with it.</summary>
    internal bool Verifies(JwtAlgorithm algorithm, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        try
        {
            if (algorithm.Padding is { } padding)
            {
                using var rsa = RSA.Create(_rsa);
                return signature.Length == rsa.KeySize / 8 && rsa.VerifyData(signed, signature, algorithm.Hash, padding);
            }

            using var ec = ECDsa.Create(_ec);
            return ec.VerifyData(signed, signature, algorithm.Hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (CryptographicException)
        {
            // A point that is not on its curve, a modulus that is none.
            return false;
        }
    }

    private static bool MayVerify(JsonElement uses) =>
        uses.ValueKind == JsonValueKind.Array
        && uses.EnumerateArray().Any(use => use.ValueKind == JsonValueKind.String && use.ValueEquals("verify"));

    private static JsonWebKey? ReadRsa(JsonElement json)
    {
        var modulus = StrictBase64Url.TryDecode(JwtJson.Text(json, "n"))?.AsSpan().TrimStart((byte)0).ToArray();
        var exponent = StrictBase64Url.TryDecode(JwtJson.Text(json, "e"))?.AsSpan().TrimStart((byte)0).ToArray();

        // An exponent of 1 would make every text its own signature; an even one is none.
        var isSound = modulus is { Length: >= MinModulus and <= MaxModulus }
            && (modulus.Length > MinModulus || modulus[0] >= 0x80)
            && (modulus[^1] & 1) == 1
            && exponent is { Length: > 0 and <= MaxExponent }
            && (exponent[^1] & 1) == 1
            && !(exponent.Length == 1 && exponent[0] == 1);
        return isSound ? new JsonWebKey(json, new RSAParameters { Modulus = modulus, Exponent = exponent }) : null;
    }

    private static JsonWebKey? ReadEc(JsonElement json)
    {
        var (name, curve, length) = Array.Find(Curves, one => one.Name == JwtJson.Text(json, "crv"));
        var x = StrictBase64Url.TryDecode(JwtJson.Text(json, "x"));
        var y = StrictBase64Url.TryDecode(JwtJson.Text(json, "y"));
        return name is not null && x?.Length == length && y?.Length == length
            ? new JsonWebKey(json, new ECParameters { Curve = curve, Q = new ECPoint { X = x, Y = y } })
            : null;
    }
}
