namespace S3Cassandra.Storage.Identities;

/// <summary>
/// A user as the catalog keeps it. What decides what it may do is in this one record, or named in it by an id that is never used again, so
/// that every change is atomic.
/// </summary>
public sealed record UserRecord : IPolicyHolder
{
    public required string AccountId { get; init; }

    public required string Name { get; init; }

    public required string Path { get; init; }

    public required string Id { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>The keys it may sign with: two at most.</summary>
    public IReadOnlyList<UserKey> Keys { get; init => field = value ?? []; } = [];

    public IReadOnlyList<NamedPolicy> Policies { get; init => field = value ?? []; } = [];

    public IReadOnlyList<PolicyReference> Attached { get; init => field = value ?? []; } = [];

    /// <summary>The groups it is in.</summary>
    public IReadOnlyList<GroupMembership> Groups { get; init => field = value ?? []; } = [];

    /// <summary>The managed policy that limits what it may do; null without.</summary>
    public PolicyReference? Boundary { get; init; }

    public IReadOnlyList<IdentityTag> Tags { get; init => field = value ?? []; } = [];
}
