using System.Text;
using S3Cassandra.Auth.Policies.Language;
using S3Cassandra.Auth.Policies.Principals;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>
/// Trust policies as requests bring them: right by their rules, and whom they name is there. The ids of those are kept beside the policy,
/// so that nobody made again under a name inherits the trust.
/// </summary>
internal sealed class TrustPolicies(IdentityStore identities, AccountStore accounts)
{
    private const int MaxCharacters = 2048;
    private const int AccountStart = 13;
    private const int AccountLength = 12;

    /// <summary>The policy and the ids of whom it names.</summary>
    /// <exception cref="QueryException">ValidationError, MalformedPolicyDocument, LimitExceeded.</exception>
    public async ValueTask<(string Document, Dictionary<string, string> Ids)> ReadAsync(
        QueryRequest request, string parameter, CancellationToken cancellationToken)
    {
        var document = InlinePolicies.Document(request, parameter, PolicyKind.Trust);
        if (InlinePolicies.Characters(document) > MaxCharacters)
        {
            throw QueryException.LimitExceeded($"Cannot exceed quota for ACLSizePerRole: {MaxCharacters}");
        }

        var policy = PolicyParser.Parse(Encoding.UTF8.GetBytes(document), PolicyKind.Trust).Policy!;
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var principal in policy.Statements.SelectMany(statement => statement.Principals?.Entries ?? []).Distinct())
        {
            switch (principal.Kind)
            {
                case PrincipalKind.Arn:
                    ids[principal.Value] = await IdAsync(principal.Value, cancellationToken) ?? throw Unknown(principal.Value);
                    break;
                case PrincipalKind.Account when await accounts.FindAsync(principal.Value, cancellationToken) is null:
                    throw Unknown($"arn:aws:iam::{principal.Value}:root");
            }
        }

        return (document, ids);
    }

    private static QueryException Unknown(string arn) =>
        new("MalformedPolicyDocument", 400, $"Invalid principal in policy: \"AWS\":\"{arn}\"");

    /// <summary>The unique id behind an ARN: a user's, a role's, or that of a session's role; null where there is none.</summary>
    private async ValueTask<string?> IdAsync(string arn, CancellationToken cancellationToken)
    {
        var account = arn.Substring(AccountStart, AccountLength);
        var resource = arn[(AccountStart + AccountLength + 1)..];
        var parts = resource.Split('/');
        switch (parts[0])
        {
            case "user":
                var user = await identities.Users.FindAsync(account, parts[^1], cancellationToken);
                return user is not null && IamDocument.ArnOf(user) == arn ? user.Id : null;
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
