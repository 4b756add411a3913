using S3Cassandra.Auth.Credentials;
using S3Cassandra.Auth.Sessions;

namespace S3Cassandra.S3Server.Identities;

/// <summary>Who a session is: a role's is somebody of its own, a user's and the root's are those themselves, for a while.</summary>
internal static class SessionIdentity
{
    /// <summary>The session's identity; <paramref name="owner"/> is whose it is.</summary>
    public static Identity Of(Session session, Identity owner)
    {
        if (session.Kind != SessionKind.Role)
        {
            return owner with { IssuerArn = owner.PrincipalArn };
        }

        return Identity.Principal(ArnOf(session.AccountId, session.PrincipalName, session.Name), owner.AccountId, owner.CanonicalId) with
        {
            IssuerArn = owner.PrincipalArn,
            UniqueId = IdOf(session.PrincipalId, session.Name),
            Tags = TagsOf(session, owner),
        };
    }

    public static string ArnOf(string accountId, string role, string session) => $"arn:aws:sts::{accountId}:assumed-role/{role}/{session}";

    public static string IdOf(string roleId, string session) => $"{roleId}:{session}";

    /// <summary>The role's tags; one of the session's takes the place of the role's.</summary>
    private static IReadOnlyDictionary<string, string> TagsOf(Session session, Identity owner)
    {
        if (session.Tags.Count == 0)
        {
            return owner.Tags;
        }

        var tags = new Dictionary<string, string>(owner.Tags, StringComparer.OrdinalIgnoreCase);
        foreach (var tag in session.Tags)
        {
            tags[tag.Key] = tag.Value;
        }

        return tags;
    }
}
