using S3Cassandra.Auth.Credentials;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Identities;

/// <summary>The identities of principals that the catalog describes.</summary>
internal static class Principals
{
    public static Identity Of(UserRecord user, AccountRecord account) =>
        Identity.Principal($"arn:aws:iam::{user.AccountId}:user{user.Path}{user.Name}", account.AccountId, account.CanonicalId) with
        {
            UniqueId = user.Id,
            Tags = TagsOf(user.Tags),
        };

    /// <summary>A role itself, which nobody is: its sessions are.</summary>
    public static Identity Of(RoleRecord role, AccountRecord account) =>
        Identity.Principal(role.Arn(), account.AccountId, account.CanonicalId) with { UniqueId = role.Id, Tags = TagsOf(role.Tags) };

    /// <summary>Tags as conditions ask for them: keys without regard to case.</summary>
    public static IReadOnlyDictionary<string, string> TagsOf(IReadOnlyList<IdentityTag> tags) => tags.Count == 0
        ? Identity.NoTags
        : tags.ToDictionary(tag => tag.Key, tag => tag.Value, StringComparer.OrdinalIgnoreCase);
}
