using S3Cassandra.Auth.Encodings;

namespace S3Cassandra.Auth.WebIdentities;

/// <summary>The three parts of a compact JWS, decoded, and what the header says. Keys and addresses that a header brings along are not looked at.</summary>
internal sealed record JwtParts(string? AlgorithmName, string? KeyId, byte[] Claims, byte[] Signature)
{
    public static JwtParts? TryParse(string text)
    {
        Span<Range> ranges = stackalloc Range[4];
        var span = text.AsSpan();
        if (span.Split(ranges, '.') != 3
            || StrictBase64Url.TryDecode(span[ranges[0]]) is not { Length: > 0 } header
            || StrictBase64Url.TryDecode(span[ranges[1]]) is not { Length: > 0 } claims
            || StrictBase64Url.TryDecode(span[ranges[2]]) is not { } signature)
        {
            return null;
        }

        using var document = JwtJson.TryParse(header);
        if (document is null
            || document.RootElement.TryGetProperty("crit", out _)
            || (document.RootElement.TryGetProperty("kid", out _) && JwtJson.Text(document.RootElement, "kid") is null))
        {
            return null;
        }

        return new JwtParts(JwtJson.Text(document.RootElement, "alg"), JwtJson.Text(document.RootElement, "kid"), claims, signature);
    }
}
