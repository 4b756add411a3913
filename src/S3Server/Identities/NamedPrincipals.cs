using S3Cassandra.Auth.Policies.Principals;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Identities;

/// <summary>Whom policies name, as the catalog knows them now.</summary>
internal sealed class NamedPrincipals(IdentityStore identities, AccountStore accounts)
{
    private const int AccountStart = 13;
    private const int AccountLength = 12;

    /// <summary>Whether there is such a principal, or such an account. Services and providers are taken as they are.</summary>
    public async ValueTask<bool> ExistsAsync(PrincipalEntry principal, CancellationToken cancellationToken) => principal.Kind switch
    {
        PrincipalKind.Account => await accounts.FindAsync(principal.Value, cancellationToken) is not null,
        PrincipalKind.CanonicalUser => await accounts.FindByCanonicalIdAsync(principal.Value, cancellationToken) is not null,
        PrincipalKind.Arn => await IdAsync(principal.Value, cancellationToken) is not null,
        _ => true,
    };

    /// <summary>The unique id behind an ARN: a user's, a role's, or that of a session's role; null where there is none.</summary>
    public async ValueTask<string?> IdAsync(string arn, CancellationToken cancellationToken)
    {
        var account = arn.Substring(AccountStart, AccountLength);
        var resource = arn[(AccountStart + AccountLength + 1)..];
        var parts = resource.Split('/');
        switch (parts[0])
        {
            case "user":
                var user = await identities.Users.FindAsync(account, parts[^1], cancellationToken);
                return user is not null && $"arn:aws:iam::{user.AccountId}:user{user.Path}{user.Name}" == arn ? user.Id : null;
            case "role":
                var role = await identities.Roles.FindAsync(account, parts[^1], cancellationToken);
                return role?.Arn() == arn ? role.Id : null;
            case "assumed-role" when parts.Length == 3:
                var issuer = await identities.Roles.FindAsync(account, parts[1], cancellationToken);
                return issuer?.Name == parts[1] ? issuer.Id : null;
            default:
                return null;
        }
    }
}
