namespace S3Cassandra.Storage.Identities;

/// <summary>A managed policy as the catalog keeps it, its versions included. What it is attached to stands there, not here.</summary>
public sealed record ManagedPolicyRecord : INamedRecord
{
    public required string AccountId { get; init; }

    public required string Name { get; init; }

    /// <summary>Begins and ends with a slash.</summary>
    public required string Path { get; init; }

    /// <summary>ANPA and 17 characters; never used again.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>When its versions last changed.</summary>
    public required DateTimeOffset Updated { get; init; }

    public string? Description { get; init; }

    /// <summary>One to five, oldest first.</summary>
    public required IReadOnlyList<PolicyVersion> Versions { get; init; }

    /// <summary>The number of the version in force.</summary>
    public required int DefaultVersion { get; init; }

    /// <summary>The highest number that a version ever had: numbers are not used again.</summary>
    public required int LastVersion { get; init; }

    public IReadOnlyList<IdentityTag> Tags { get; init => field = value ?? []; } = [];

    /// <summary>What is in force.</summary>
    public PolicyVersion Default() => Versions.First(version => version.Number == DefaultVersion);

    public string Arn() => $"arn:aws:iam::{AccountId}:policy{Path}{Name}";
}
