namespace S3Cassandra.Auth.WebIdentities;

/// <summary>
/// Decides whether a token is what it says. The algorithm has to be one with a public key and the one of the key that the provider
/// publishes, whatever the token asks for (RFC 8725, 3.1 and 3.2); the time has to have an end.
/// </summary>
public static class JwtVerifier
{
    /// <summary>How far the provider's clock may be ahead of ours, for what lies in the future. An end is an end.</summary>
    public static TimeSpan AllowedSkew { get; } = TimeSpan.FromMinutes(5);

    /// <summary>Verifies; pure.</summary>
    /// <param name="token">The token.</param>
    /// <param name="keys">The issuer's keys.</param>
    /// <param name="issuer">Whose it has to be, as registered.</param>
    /// <param name="clientIds">Whom it may be meant for.</param>
    /// <param name="now">The time.</param>
    public static JwtFailure Verify(
        JsonWebToken token, JsonWebKeySet keys, string issuer, IReadOnlyCollection<string> clientIds, DateTimeOffset now)
    {
        if (JwtAlgorithm.Named(token.AlgorithmName) is not { } algorithm)
        {
            return JwtFailure.Algorithm;
        }

        var signature = CheckSignature(token, algorithm, keys);
        return signature != JwtFailure.None ? signature : CheckClaims(token, issuer, clientIds, now);
    }

    /// <summary>
    /// The audience that counts: to whom the token was issued where it says so, else for whom it is meant, if that is one of
    /// <paramref name="clientIds"/>; null where it is none.
    /// </summary>
    public static string? AudienceOf(JsonWebToken token, IReadOnlyCollection<string> clientIds) =>
        token.AuthorizedParty is { } party
            ? clientIds.Contains(party) ? party : null
            : token.Audiences.FirstOrDefault(clientIds.Contains);

    private static JwtFailure CheckSignature(JsonWebToken token, JwtAlgorithm algorithm, JsonWebKeySet keys)
    {
        var isKnown = false;
        var goes = false;
        foreach (var key in keys.For(token.KeyId))
        {
            isKnown = true;
            if (key.GoesWith(algorithm))
            {
                goes = true;
                if (key.Verifies(algorithm, token.SignedBytes, token.Signature))
                {
                    return JwtFailure.None;
                }
            }
        }

        return goes ? JwtFailure.Signature : isKnown ? JwtFailure.Algorithm : JwtFailure.UnknownKey;
    }

    private static JwtFailure CheckClaims(JsonWebToken token, string issuer, IReadOnlyCollection<string> clientIds, DateTimeOffset now)
    {
        var hasAll = token is { Issuer: not null, Subject.Length: > 0 and <= JsonWebToken.MaxClaimLength, Expires: not null }
            && token.Audiences.Count > 0;
        if (!hasAll)
        {
            return JwtFailure.MissingClaim;
        }

        var seconds = now.ToUnixTimeMilliseconds() / 1000.0;
        var latest = seconds + AllowedSkew.TotalSeconds;
        return token.Issuer != issuer ? JwtFailure.Issuer
            : AudienceOf(token, clientIds) is null ? JwtFailure.Audience
            : token.Expires <= seconds ? JwtFailure.Expired
            : token.NotBefore > latest || token.IssuedAt > latest ? JwtFailure.NotYetValid
            : JwtFailure.None;
    }
}
