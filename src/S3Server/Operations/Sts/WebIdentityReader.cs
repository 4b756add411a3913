using S3Cassandra.Auth.WebIdentities;
using S3Cassandra.S3Server.Identities;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Sts;

/// <summary>Finds out whom a web identity token is of, by the keys of the provider that an account has registered for its issuer.</summary>
internal sealed class WebIdentityReader(IdentityStore identities, IssuerKeys keys)
{
    private const int MinLength = 4;
    private const string Https = "https://";

    /// <summary>Takes a token apart; nothing is believed yet.</summary>
    /// <exception cref="QueryException">ValidationError, InvalidIdentityToken.</exception>
    public static JsonWebToken Parse(QueryRequest request)
    {
        var text = request.Get("WebIdentityToken");
        return text.Length < MinLength
            ? throw QueryException.Constraint("webIdentityToken", $"have length greater than or equal to {MinLength}")
            : JsonWebToken.TryParse(text) ?? throw new QueryException(
                "InvalidIdentityToken", 400, "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)");
    }

    /// <summary>Verifies a token.</summary>
    /// <exception cref="QueryException">InvalidIdentityToken, ExpiredTokenException, IDPCommunicationError.</exception>
    public async ValueTask<WebIdentity> VerifyAsync(JsonWebToken token, string accountId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (token.Issuer is not { } issuer
            || !issuer.StartsWith(Https, StringComparison.Ordinal)
            || await identities.Providers.FindAsync(accountId, issuer[Https.Length..], cancellationToken) is not { } provider
            || provider.Issuer() != issuer)
        {
            throw Invalid();
        }

        var set = await keys.FindAsync(issuer, token.KeyId, cancellationToken)
            ?? throw new QueryException(
                "IDPCommunicationError",
                400,
                "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements");
        return JwtVerifier.Verify(token, set, issuer, [.. provider.ClientIds], now) switch
        {
            JwtFailure.None => new WebIdentity(provider, token, JwtVerifier.AudienceOf(token, [.. provider.ClientIds])!),
            JwtFailure.Expired => throw new QueryException("ExpiredTokenException", 400, "Token expired"),
            _ => throw Invalid(),
        };
    }

    /// <summary>The same whatever it is: who guesses learns nothing of what he got right.</summary>
    private static QueryException Invalid() => new(
        "InvalidIdentityToken",
        400,
        "The web identity token provided could not be validated. See the AssumeRoleWithWebIdentity documentation for requirements.");
}
