using System.Xml.Linq;
using S3Cassandra.Auth.Policies.Evaluation;
using S3Cassandra.Auth.Sessions;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Sts;

/// <summary>
/// Gives a session of a role to whom the role trusts. Whether a role is there is not told to whom it does not trust. A role's own session may
/// go on to another role, for an hour at most.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html"/>
internal sealed class AssumeRole(AssumableRoles roles, SessionLimits limits, SessionIssuer issuer) : IQueryAction
{
    private const int MinExternalId = 2;
    private const int MaxExternalId = 1224;

    public string Name => "AssumeRole";

    /// <summary>Who may is the trust policy's to say, together with the caller's own.</summary>
    public QueryAccess Access => QueryAccess.AnyCaller;

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new QueryTarget(AssumableRoles.Arn(request)));

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var arn = AssumableRoles.Arn(request);
        CheckExternalId(request);
        var source = request.Find("SourceIdentity") is null ? "" : SessionLimits.Named(request, "SourceIdentity", 2);
        if (request.Find("SerialNumber") is not null || request.Find("TokenCode") is not null)
        {
            throw new QueryException("NotImplemented", 501, "Multi-factor authentication is not implemented.");
        }

        var wanted = await limits.ReadAsync(request, RoleArn.Parse(arn)?.AccountId ?? "", cancellationToken);
        var given = SessionTags.Given(request);
        var tags = SessionTags.Read(request, given);
        if (request.Caller.IsRoot)
        {
            throw QueryException.AccessDenied("Roles may not be assumed by root accounts.");
        }

        var role = await roles.FindAsync(request, cancellationToken) ?? throw Denied(request, Name, arn);
        Decide(request, role, given, "sts:AssumeRole");
        if (given.Count > 0)
        {
            Decide(request, role, given, "sts:TagSession");
        }

        if (source.Length > 0)
        {
            Decide(request, role, given, "sts:SetSourceIdentity");
        }

        CheckDuration(request, role, wanted);
        var session = SessionIssuer.Of(role, wanted, request.Now) with { Tags = tags, SourceIdentity = SourceOf(request, source) };
        return [.. await issuer.IssueAsync(session, cancellationToken), SessionIssuer.User(session), .. SourceElement(session)];
    }

    internal static IEnumerable<XElement> SourceElement(Session session) =>
        session.SourceIdentity.Length == 0 ? [] : [StsDocument.Element("SourceIdentity", session.SourceIdentity)];

    private static void Decide(QueryRequest request, RoleRecord role, IReadOnlyList<IdentityTag> tags, string action)
    {
        var facts = new AssumptionFacts(request, role, tags, null);
        var question = new PolicyRequest(request.Caller, action, role.Arn(), role.AccountId, facts);
        if (AssumableRoles.TrustOf(role) is not { } trust
            || !TrustEvaluator.Decide(question, request.Policies, trust, role.TrustedIds).IsAllowed)
        {
            throw Denied(request, action["sts:".Length..], role.Arn());
        }
    }

    private static QueryException Denied(QueryRequest request, string action, string arn) => QueryException.AccessDenied(
        $"User: {request.Caller.PrincipalArn} is not authorized to perform: sts:{action} on resource: {arn}");

    private static void CheckDuration(QueryRequest request, RoleRecord role, SessionRequest wanted)
    {
        var isChained = request.Session is { Kind: SessionKind.Role };
        if (isChained && wanted.Duration.TotalSeconds > SessionLimits.HourSeconds)
        {
            throw QueryException.Validation("The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining");
        }

        if (wanted.Duration.TotalSeconds > role.MaxSessionSeconds)
        {
            throw QueryException.Validation("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        }
    }

    /// <summary>Whom a chain began with stays the same along it.</summary>
    private static string SourceOf(QueryRequest request, string wanted)
    {
        var inherited = request.Session?.SourceIdentity ?? "";
        return inherited.Length > 0 && wanted.Length > 0 && inherited != wanted
            ? throw QueryException.AccessDenied("The source identity of a session cannot be changed.")
            : inherited.Length > 0 ? inherited : wanted;
    }

    private static void CheckExternalId(QueryRequest request)
    {
        if (request.Find("ExternalId") is not { } id)
        {
            return;
        }

        if (id.Length is < MinExternalId or > MaxExternalId)
        {
            throw QueryException.Constraint(
                "externalId",
                id.Length < MinExternalId
                    ? $"have length greater than or equal to {MinExternalId}"
                    : $"have length less than or equal to {MaxExternalId}");
        }

        if (!id.All(character => char.IsAsciiLetterOrDigit(character) || "_+=,.@:/-".Contains(character)))
        {
            throw QueryException.Constraint("externalId", @"satisfy regular expression pattern: [\w+=,.@:\/-]*");
        }
    }
}
