using System.Text;
using System.Text.Json;

namespace S3Cassandra.Auth.WebIdentities;

/// <summary>
/// A JWT in its compact form (RFC 7519, RFC 7515), taken apart and not yet believed: until <see cref="JwtVerifier"/> has spoken, what it
/// says serves to find the keys and for nothing else.
/// </summary>
public sealed class JsonWebToken
{
    /// <summary>The longest token (AWS: WebIdentityToken).</summary>
    public const int MaxLength = 20_000;

    /// <summary>The longest subject and the longest audience that AWS keeps.</summary>
    public const int MaxClaimLength = 255;

    private const int MaxAudiences = 100;

    private JsonWebToken(string text, JwtParts parts)
    {
        var end = text.LastIndexOf('.');
        SignedBytes = Encoding.ASCII.GetBytes(text, 0, end);
        Signature = parts.Signature;
        AlgorithmName = parts.AlgorithmName;
        KeyId = parts.KeyId;
    }

    /// <summary>Its <c>kid</c>; null without one.</summary>
    public string? KeyId { get; }

    /// <summary>Its <c>iss</c>; null without one.</summary>
    public string? Issuer { get; private init; }

    /// <summary>Its <c>sub</c>; null without one.</summary>
    public string? Subject { get; private init; }

    /// <summary>Its <c>aud</c>, one or several.</summary>
    public IReadOnlyList<string> Audiences { get; private init; } = [];

    /// <summary>Its <c>azp</c>: to whom it was issued, where that is not its audience.</summary>
    public string? AuthorizedParty { get; private init; }

    /// <summary>Its <c>amr</c>.</summary>
    public IReadOnlyList<string> Methods { get; private init; } = [];

    internal string? AlgorithmName { get; }

    internal byte[] SignedBytes { get; }

    internal byte[] Signature { get; }

    /// <summary><c>exp</c>, seconds since 1970; null without one.</summary>
    internal double? Expires { get; private init; }

    internal double? NotBefore { get; private init; }

    internal double? IssuedAt { get; private init; }

    /// <summary>Takes a token apart; null where it is none, or one with extensions that are not understood (<c>crit</c>).</summary>
    public static JsonWebToken? TryParse(string text)
    {
        if (text.Length > MaxLength || JwtParts.TryParse(text) is not { } parts)
        {
            return null;
        }

        using var claims = JwtJson.TryParse(parts.Claims);
        if (claims is null)
        {
            return null;
        }

        var root = claims.RootElement;
        return Texts(root, "aud") is { } audiences && Texts(root, "amr") is { } methods && TryTimes(root, out var times)
            ? new JsonWebToken(text, parts)
            {
                Issuer = JwtJson.Text(root, "iss"),
                Subject = JwtJson.Text(root, "sub"),
                Audiences = audiences,
                AuthorizedParty = JwtJson.Text(root, "azp"),
                Methods = methods,
                Expires = times.Expires,
                NotBefore = times.NotBefore,
                IssuedAt = times.IssuedAt,
            }
            : null;
    }

    private static bool TryTimes(JsonElement claims, out (double? Expires, double? NotBefore, double? IssuedAt) times)
    {
        times = (Number(claims, "exp", out var one), Number(claims, "nbf", out var two), Number(claims, "iat", out var three));
        return one && two && three;
    }

    /// <summary>A NumericDate (RFC 7519, 2); <paramref name="isSound"/> is false where it is something else.</summary>
    private static double? Number(JsonElement claims, string name, out bool isSound)
    {
        isSound = true;
        if (!claims.TryGetProperty(name, out var value))
        {
            return null;
        }

        isSound = value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number);
        return isSound ? value.GetDouble() : null;
    }

    /// <summary>A text, or an array of texts; null where it is something else.</summary>
    private static List<string>? Texts(JsonElement claims, string name)
    {
        if (!claims.TryGetProperty(name, out var value))
        {
            return [];
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return JwtJson.Text(claims, name) is { } text ? [text] : null;
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > MaxAudiences)
        {
            return null;
        }

        try
        {
            return value.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String)
                ? [.. value.EnumerateArray().Select(one => one.GetString()!)]
                : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair.
            return null;
        }
    }
}
