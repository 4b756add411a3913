using System.Text;
using S3Cassandra.Auth.Policies.Language;
using S3Cassandra.Auth.Policies.Principals;
using S3Cassandra.S3Server.Identities;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>
/// Trust policies as requests bring them: right by their rules, and whom they name is there. The ids of those are kept beside the policy,
/// so that nobody made again under a name inherits the trust.
/// </summary>
internal sealed class TrustPolicies(NamedPrincipals principals, AccountStore accounts)
{
    private const int MaxCharacters = 2048;

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
                    ids[principal.Value] = await principals.IdAsync(principal.Value, cancellationToken) ?? throw Unknown(principal.Value);
                    break;
                case PrincipalKind.Account when await accounts.FindAsync(principal.Value, cancellationToken) is null:
                    throw Unknown($"arn:aws:iam::{principal.Value}:root");
            }
        }

        return (document, ids);
    }

    private static QueryException Unknown(string arn) =>
        new("MalformedPolicyDocument", 400, $"Invalid principal in policy: \"AWS\":\"{arn}\"");
}
