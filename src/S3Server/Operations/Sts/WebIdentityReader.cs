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
    private const string Code = "InvalidIdentityToken";

    /// <summary>Takes a token apart; nothing is believed yet.</summary>
    /// <exception cref="QueryException">ValidationError, InvalidIdentityToken.</exception>
    public static JsonWebToken Parse(QueryRequest request)
    {
        var text = request.Get("WebIdentityToken");
        return text.Length < MinLength
            ? throw QueryException.Constraint("webIdentityToken", $"have length greater than or equal to {MinLength}")
            : JsonWebToken.TryParse(text) ?? throw new QueryException(
                Code, 400, "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)");
    }

    /// <summary>Whom a token says it is of, by a provider that the account has registered and for one of its clients. Nothing is verified yet.</summary>
    /// <exception cref="QueryException">InvalidIdentityToken.</exception>
    public async ValueTask<WebIdentity> FindAsync(JsonWebToken token, string accountId, CancellationToken cancellationToken) =>
        token.Issuer is { } issuer
        && issuer.StartsWith(Https, StringComparison.Ordinal)
        && await identities.Providers.FindAsync(accountId, issuer[Https.Length..], cancellationToken) is { } provider
        && provider.Issuer() == issuer
        && JwtVerifier.AudienceOf(token, [.. provider.ClientIds]) is { } audience
            ? new WebIdentity(provider, token, audience)
            : throw Invalid();

    /// <summary>Verifies it by the provider's keys; null where those cannot be had.</summary>
    /// <exception cref="QueryException">InvalidIdentityToken, ExpiredTokenException.</exception>
    public async ValueTask<WebIdentity?> VerifyAsync(WebIdentity claimed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (token, provider) = (claimed.Token, claimed.Provider);
        if (await keys.FindAsync(provider.Issuer(), token.KeyId, cancellationToken) is not { } set)
        {
            return null;
        }

        return JwtVerifier.Verify(token, set, provider.Issuer(), [.. provider.ClientIds], now) switch
        {
            JwtFailure.None => claimed,
            JwtFailure.Expired => throw new QueryException("ExpiredTokenException", 400, "Token expired"),
            _ => throw Invalid(),
        };
    }

    /// <summary>The same whatever it is: who guesses learns nothing of what he got right.</summary>
    public static QueryException Invalid() => new(
        Code, 400, "The web identity token provided could not be validated. See the AssumeRoleWithWebIdentity documentation for requirements.");

    /// <summary>The provider's keys cannot be had. AWS documents IDPCommunicationError and answers this.</summary>
    public static QueryException Unreachable() => new(
        Code,
        400,
        "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements");
}
