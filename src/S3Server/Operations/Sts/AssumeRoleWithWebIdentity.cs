using System.Xml.Linq;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.Auth.Policies.Evaluation;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Sts;

/// <summary>
/// Gives a session of a role to somebody whom an OpenID Connect provider of the role's account vouches for. Unsigned: the token is the
/// credential, and who signs besides is not asked for what he may do. The token comes first: who has none that a provider signed learns
/// nothing of roles. Only where the provider cannot be reached, so that nobody can tell, is that said to whom the role would trust, and to
/// everybody else that the token could not be validated.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html"/>
internal sealed class AssumeRoleWithWebIdentity(
    AssumableRoles roles, SessionLimits limits, SessionIssuer issuer, WebIdentityReader webIdentities) : IQueryAction
{
    private const string Action = "sts:AssumeRoleWithWebIdentity";

    public string Name => "AssumeRoleWithWebIdentity";

    public QueryAccess Access => QueryAccess.Anyone;

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new QueryTarget(AssumableRoles.Arn(request)));

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var arn = AssumableRoles.Arn(request);
        var account = RoleArn.Parse(arn)?.AccountId ?? throw QueryException.Validation($"{arn} is invalid");
        var wanted = await limits.ReadAsync(request, account, cancellationToken);
        if (request.Find("ProviderId") is not null)
        {
            // For OAuth 2.0 access tokens of the first providers that AWS knew.
            throw QueryException.Invalid("ProviderId is not supported by this implementation.");
        }

        var claimed = await webIdentities.FindAsync(WebIdentityReader.Parse(request), account, cancellationToken);
        var role = await roles.FindAsync(request, cancellationToken);
        var who = await webIdentities.VerifyAsync(claimed, request.Now, cancellationToken)
            ?? throw (role is not null && IsTrusted(request, role, claimed) ? WebIdentityReader.Unreachable() : WebIdentityReader.Invalid());
        if (role is null || !IsTrusted(request, role, who))
        {
            throw QueryException.AccessDenied("Not authorized to perform sts:AssumeRoleWithWebIdentity");
        }

        if (wanted.Duration.TotalSeconds > role.MaxSessionSeconds)
        {
            throw QueryException.Validation("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        }

        var session = SessionIssuer.Of(role, wanted, request.Now) with { Provider = who.Provider.Arn() };
        return
        [
            .. await issuer.IssueAsync(session, cancellationToken),
            SessionIssuer.User(session),
            StsDocument.Element("SubjectFromWebIdentityToken", who.Token.Subject!),
            StsDocument.Element("Audience", who.Audience),
            StsDocument.Element("Provider", who.Provider.Arn()),
        ];
    }

    private static bool IsTrusted(QueryRequest request, RoleRecord role, WebIdentity who)
    {
        var question = new PolicyRequest(Identity.Anonymous, Action, role.Arn(), role.AccountId, new AssumptionFacts(request, role, [], who));
        return AssumableRoles.TrustOf(role) is { } trust && TrustEvaluator.Decide(question, trust, who.Provider.Arn()).IsAllowed;
    }
}
