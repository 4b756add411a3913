using System.Collections.Concurrent;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.Auth.Failures;
using S3Cassandra.Auth.Policies.Evaluation;
using S3Cassandra.Auth.Policies.Language;
using S3Cassandra.Auth.Sessions;
using S3Cassandra.S3Server.Identities;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>
/// Temporary credentials: opens their tokens and puts together who they are and what they may do. A token that was opened is remembered, so
/// that a request costs two look-ups and no read; the principal behind it is never older than two seconds. A token that came is compared as
/// texts are: who learned it whole could do nothing without its secret, and a comparison in constant time, byte by byte, took 16 µs of a usual
/// one and 200 of the largest.
/// </summary>
internal sealed class SessionCredentials(
    SessionKeys keys, SessionPrincipals principals, CompiledPolicies compiled, KeyUses uses, TimeProvider time)
{
    /// <summary>A token of the largest session takes 18 KiB of memory.</summary>
    private const int Capacity = 2048;

    private readonly ConcurrentDictionary<string, Opened> _opened = new(StringComparer.Ordinal);

    /// <summary>The credential of a token that came with an access key id, or why it is none.</summary>
    public ValueTask<(KnownKey? Key, AuthFailure? Failure)> FindAsync(string accessKeyId, string token, CancellationToken cancellationToken) =>
        _opened.TryGetValue(accessKeyId, out var opened) && opened.Token == token
            ? KnownAsync(opened, cancellationToken)
            : OpenAsync(accessKeyId, token, cancellationToken);

    private async ValueTask<(KnownKey? Key, AuthFailure? Failure)> OpenAsync(string accessKeyId, string token, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var status = SessionToken.Open(token, accessKeyId, keys.Known, now, out var session);
        if (status == SessionTokenStatus.UnknownKey && await keys.RefreshAsync(cancellationToken))
        {
            status = SessionToken.Open(token, accessKeyId, keys.Known, now, out session);
        }

        if (status != SessionTokenStatus.Valid)
        {
            return (null, status == SessionTokenStatus.Expired ? AuthFailures.ExpiredToken() : AuthFailures.InvalidToken());
        }

        if (_opened.Count >= Capacity)
        {
            _opened.Clear();
        }

        var opened = new Opened(token, session!);
        _opened[accessKeyId] = opened;
        return await KnownAsync(opened, cancellationToken);
    }

    private async ValueTask<(KnownKey? Key, AuthFailure? Failure)> KnownAsync(Opened opened, CancellationToken cancellationToken)
    {
        var session = opened.Session;
        if (time.GetUtcNow() >= session.Expires)
        {
            return (null, AuthFailures.ExpiredToken());
        }

        if (await principals.FindAsync(session, cancellationToken) is not { } principal)
        {
            return (null, AuthFailures.InvalidAccessKeyId(session.AccessKeyId));
        }

        // What managed policies limit is put together afresh, since they may have changed; all else while the principal is as it was.
        if (opened.Made is { } made && ReferenceEquals(made.Principal, principal) && session.Policies.Count == 0)
        {
            return (made.Key, null);
        }

        var fresh = new Made(principal, await MakeAsync(session, principal, cancellationToken));
        opened.Made = fresh;
        return (fresh.Key, null);
    }

    private async ValueTask<KnownKey> MakeAsync(Session session, SessionPrincipal principal, CancellationToken cancellationToken)
    {
        var policies = session.IsLimited
            ? new PrincipalPolicies
            {
                Identity = principal.Policies.Identity,
                Boundary = principal.Policies.Boundary,
                Session = await LimitsAsync(session, cancellationToken),
            }
            : principal.Policies;
        var key = new AccessKey(session.AccessKeyId, session.SecretAccessKey, SessionIdentity.Of(session, principal.Owner));
        return new KnownKey(key, policies, session) { Use = session.Kind == SessionKind.Role ? uses.Of(session.PrincipalId) : null };
    }

    private async ValueTask<IReadOnlyList<Policy>> LimitsAsync(Session session, CancellationToken cancellationToken)
    {
        var limits = new List<Policy>(session.Policies.Count + 1);
        if (session.Policy is { } own)
        {
            limits.Add(compiled.Of(own));
        }

        foreach (var policy in session.Policies)
        {
            limits.Add(await principals.DocumentAsync(policy, cancellationToken) is { } document ? compiled.Of(document) : CompiledPolicies.DenyAll);
        }

        return limits;
    }

    private sealed record Made(SessionPrincipal Principal, KnownKey Key);

    private sealed class Opened(string token, Session session)
    {
        private Made? _made;

        public string Token => token;

        public Session Session => session;

        /// <summary>What was made of it last, and of which principal.</summary>
        public Made? Made
        {
            get => Volatile.Read(ref _made);
            set => Volatile.Write(ref _made, value);
        }
    }
}
