using System.Collections.Frozen;

namespace S3Cassandra.Storage.Identities;

/// <summary>A role as the catalog keeps it: who may assume it, and what its sessions may do.</summary>
public sealed record RoleRecord : IPolicyHolder
{
    public required string AccountId { get; init; }

    public required string Name { get; init; }

    public required string Path { get; init; }

    public required string Id { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>The trust policy's JSON.</summary>
    public required string TrustPolicy { get; init; }

    /// <summary>The unique ids that those whom the trust policy names by ARN had when it was written, by ARN.</summary>
    public IReadOnlyDictionary<string, string> TrustedIds { get; init => field = value ?? FrozenDictionary<string, string>.Empty; } =
        FrozenDictionary<string, string>.Empty;

    public string? Description { get; init; }

    /// <summary>The longest that a session may last: 1 to 12 hours.</summary>
    public int MaxSessionSeconds { get; init; } = 3600;

    public IReadOnlyList<NamedPolicy> Policies { get; init => field = value ?? []; } = [];

    public IReadOnlyList<PolicyReference> Attached { get; init => field = value ?? []; } = [];

    /// <summary>The managed policy that limits what it may do; null without.</summary>
    public PolicyReference? Boundary { get; init; }

    public IReadOnlyList<IdentityTag> Tags { get; init => field = value ?? []; } = [];

    public string Arn() => $"arn:aws:iam::{AccountId}:role{Path}{Name}";
}
