using S3Cassandra.Auth.Failures;
using S3Cassandra.Auth.Signatures;
using S3Cassandra.S3Server.Identities;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>Finds the key that a request says it was signed with: a long-lived one, or the temporary one that its session token carries.</summary>
internal sealed class RequestCredentials(AccessKeys keys, SessionCredentials sessions, SessionPrincipals principals)
{
    /// <summary>Forgets what this server knows, so that it sees its own changes at once.</summary>
    public void Forget()
    {
        keys.Forget();
        principals.Forget();
    }

    /// <summary>The key; or InvalidAccessKeyId, InvalidToken or ExpiredToken. A token beside a long-lived key is not that key's.</summary>
    public ValueTask<(KnownKey? Key, AuthFailure? Failure)> FindAsync(SignatureClaim claim, CancellationToken cancellationToken) =>
        claim.SecurityToken is { } token
            ? sessions.FindAsync(claim.AccessKeyId, token, cancellationToken)
            : FindAsync(claim.AccessKeyId, cancellationToken);

    private async ValueTask<(KnownKey? Key, AuthFailure? Failure)> FindAsync(string accessKeyId, CancellationToken cancellationToken) =>
        await keys.FindAsync(accessKeyId, cancellationToken) is { } known ? (known, null) : (null, AuthFailures.InvalidAccessKeyId(accessKeyId));
}
