using System.Globalization;

namespace S3Cassandra.Auth.Sessions;

/// <summary>
/// Temporary credentials, whole: what a session token carries, so that every server can check it without asking anybody. What the role or
/// user may do is not here but in its record, as it is when a request comes. Its text form omits the secret.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/STS/latest/APIReference/API_Credentials.html"/>
public sealed record Session
{
    private const int AccountLength = 12;

    /// <summary>ASIA and 16 characters.</summary>
    public required string AccessKeyId { get; init; }

    /// <summary>The 30 random bytes that the secret access key is the base64 of.</summary>
    public required byte[] SecretBytes { get; init; }

    public required SessionKind Kind { get; init; }

    /// <summary>The account's 12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>The role's or user's name; empty for the root.</summary>
    public required string PrincipalName { get; init; }

    /// <summary>The role's or user's unique id, so that one made again under the name does not revive its sessions; empty for the root.</summary>
    public required string PrincipalId { get; init; }

    /// <summary>The session's own name; empty where it has none.</summary>
    public string Name { get; init; } = "";

    /// <summary>The long-lived key that asked for it by GetSessionToken: the session lasts no longer than that one is active. Empty otherwise.</summary>
    public string ParentKeyId { get; init; } = "";

    public required DateTimeOffset Issued { get; init; }

    public required DateTimeOffset Expires { get; init; }

    /// <summary>The session policy's JSON; null without one.</summary>
    public string? Policy { get; init; }

    /// <summary>Managed policies that limit it too.</summary>
    public IReadOnlyList<SessionPolicy> Policies { get; init; } = [];

    public IReadOnlyList<SessionTag> Tags { get; init; } = [];

    /// <summary>The ARN or name of the identity provider that vouched for it; empty where none did.</summary>
    public string Provider { get; init; } = "";

    /// <summary>Who was at the beginning of a chain of roles, where somebody said so; empty otherwise.</summary>
    public string SourceIdentity { get; init; } = "";

    /// <summary>40 characters.</summary>
    public string SecretAccessKey => Convert.ToBase64String(SecretBytes);

    /// <summary>Whether its rights have limits of their own.</summary>
    public bool IsLimited => Policy is not null || Policies.Count > 0;

    /// <summary>Names whose it is: equal for all sessions of a role, user or root.</summary>
    public string PrincipalKey => field ??= string.Concat(((int)Kind).ToString(CultureInfo.InvariantCulture), AccountId, PrincipalName);

    /// <summary>The parts of a <see cref="PrincipalKey"/>.</summary>
    public static (SessionKind Kind, string AccountId, string Name) PartsOf(string principalKey) =>
        ((SessionKind)(principalKey[0] - '0'), principalKey[1..(1 + AccountLength)], principalKey[(1 + AccountLength)..]);

    /// <inheritdoc/>
    public override string ToString() => $"Session {AccessKeyId}";
}
