namespace S3Cassandra.Storage.Identities;

/// <summary>An OpenID Connect provider that an account trusts, as the catalog keeps it.</summary>
public sealed record OidcProviderRecord : INamedRecord
{
    public required string AccountId { get; init; }

    /// <summary>Its URL without <c>https://</c>.</summary>
    public required string Name { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>Whom its tokens may be meant for.</summary>
    public IReadOnlyList<string> ClientIds { get; init => field = value ?? []; } = [];

    /// <summary>SHA-1 of certificates, 40 characters each; kept and shown.</summary>
    public IReadOnlyList<string> Thumbprints { get; init => field = value ?? []; } = [];

    public IReadOnlyList<IdentityTag> Tags { get; init => field = value ?? []; } = [];

    /// <summary>The URL, as tokens name their issuer.</summary>
    public string Issuer() => "https://" + Name;

    public string Arn() => $"arn:aws:iam::{AccountId}:oidc-provider/{Name}";
}
