using System.Collections.Frozen;

namespace S3Cassandra.Auth.Credentials;

/// <summary>Who sends a request: anonymous, or a principal of an account. Immutable.</summary>
public sealed record Identity
{
    private Identity(string principalArn, string accountId, string canonicalId)
    {
        PrincipalArn = principalArn;
        AccountId = accountId;
        CanonicalId = canonicalId;
    }

    /// <summary>A sender without a credential. An identity, not an error.</summary>
    public static Identity Anonymous { get; } = new("", "", "");

    /// <summary>The principal's ARN (<c>arn:aws:iam::123456789012:root</c>); empty when anonymous.</summary>
    public string PrincipalArn { get; }

    /// <summary>The account's 12 digits; empty when anonymous.</summary>
    public string AccountId { get; }

    /// <summary>The account's canonical id, 64 lower-case hex digits, as Owner and Grantee show it; empty when anonymous.</summary>
    public string CanonicalId { get; }

    /// <summary>
    /// Whose session this is: the ARN of the role or user that temporary credentials were given to; null for a principal's own credential.
    /// What a policy says of that principal holds for its sessions.
    /// </summary>
    public string? IssuerArn { get; init; }

    /// <summary>The principal's unique id (<c>AIDA…</c>), as aws:userid has it; null where it has none of its own.</summary>
    public string? UniqueId { get; init; }

    /// <summary>No tags.</summary>
    public static IReadOnlyDictionary<string, string> NoTags { get; } = FrozenDictionary<string, string>.Empty;

    /// <summary>The tags of the principal and of its session, as aws:PrincipalTag has them; keys are looked up without regard to case.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = NoTags;

    /// <summary>Whether there is no credential.</summary>
    public bool IsAnonymous => AccountId.Length == 0;

    /// <summary>Whether it is its account's root.</summary>
    public bool IsRoot => !IsAnonymous && PrincipalArn == RootArn(AccountId);

    /// <summary>The root of an account.</summary>
    public static Identity Root(string accountId, string canonicalId) => Principal(RootArn(accountId), accountId, canonicalId);

    /// <summary>A principal of an account.</summary>
    public static Identity Principal(string principalArn, string accountId, string canonicalId)
    {
        if (!Account.IsAccountId(accountId))
        {
            throw new ArgumentException("An account id has 12 digits.", nameof(accountId));
        }

        if (!Account.IsCanonicalId(canonicalId))
        {
            throw new ArgumentException("A canonical id has 64 lower-case hex digits.", nameof(canonicalId));
        }

        ArgumentException.ThrowIfNullOrEmpty(principalArn);
        return new Identity(principalArn, accountId, canonicalId);
    }

    private static string RootArn(string accountId) => $"arn:aws:iam::{accountId}:root";
}
