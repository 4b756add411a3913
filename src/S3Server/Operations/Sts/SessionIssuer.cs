using System.Globalization;
using System.Security.Cryptography;
using System.Xml.Linq;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.Auth.Sessions;
using S3Cassandra.S3Server.Identities;
using S3Cassandra.S3Server.Operations.Iam;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Sts;

/// <summary>Makes temporary credentials, and the elements that show them: the only answer that does.</summary>
internal sealed class SessionIssuer(SessionKeys keys)
{
    /// <summary>A session of a role.</summary>
    public static Session Of(RoleRecord role, SessionRequest wanted, DateTimeOffset now) => Make(SessionKind.Role, role.AccountId, now, wanted.Duration) with
    {
        PrincipalName = role.Name,
        PrincipalId = role.Id,
        Name = wanted.Name,
        Policy = wanted.Policy,
        Policies = wanted.Policies,
    };

    /// <summary>A session of the caller's own: a user's or a root's.</summary>
    public static Session Of(QueryRequest request, TimeSpan duration) =>
        Make(request.Caller.IsRoot ? SessionKind.Root : SessionKind.User, request.AccountId, request.Now, duration) with
        {
            PrincipalName = request.CallerName ?? "",
            PrincipalId = request.Caller.UniqueId ?? "",
            ParentKeyId = request.AccessKeyId!,
        };

    /// <summary>The elements Credentials and, where it has limits, PackedPolicySize.</summary>
    /// <exception cref="QueryException">PackedPolicyTooLarge.</exception>
    public async ValueTask<IReadOnlyList<XElement>> IssueAsync(Session session, CancellationToken cancellationToken)
    {
        var packed = SessionToken.PackedPercent(session);
        if (packed > 100)
        {
            throw new QueryException(
                "PackedPolicyTooLarge", 400, $"Packed size of session tags and policies consumes {packed}% of allotted space.");
        }

        var token = SessionToken.Seal(session, await keys.CurrentAsync(cancellationToken));
        var credentials = StsDocument.Element(
            "Credentials",
            StsDocument.Element("AccessKeyId", session.AccessKeyId),
            StsDocument.Element("SecretAccessKey", session.SecretAccessKey),
            StsDocument.Element("SessionToken", token),
            StsDocument.Element("Expiration", IamDocument.Date(session.Expires)));
        return session.IsLimited || session.Tags.Count > 0
            ? [credentials, StsDocument.Element("PackedPolicySize", packed.ToString(CultureInfo.InvariantCulture))]
            : [credentials];
    }

    /// <summary>The element that says who a role's session is.</summary>
    public static XElement User(Session session) => StsDocument.Element(
        "AssumedRoleUser",
        StsDocument.Element("AssumedRoleId", SessionIdentity.IdOf(session.PrincipalId, session.Name)),
        StsDocument.Element("Arn", SessionIdentity.ArnOf(session.AccountId, session.PrincipalName, session.Name)));

    private static Session Make(SessionKind kind, string accountId, DateTimeOffset now, TimeSpan duration)
    {
        // Whole seconds, as the answer and the token have them.
        var issued = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        return new Session
        {
            AccessKeyId = AccessKeyRules.NewSessionId(),
            SecretBytes = RandomNumberGenerator.GetBytes(AccessKeyRules.SecretBytes),
            Kind = kind,
            AccountId = accountId,
            PrincipalName = "",
            PrincipalId = "",
            Issued = issued,
            Expires = issued + duration,
        };
    }
}
