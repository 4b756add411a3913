namespace S3Cassandra.Storage.Identities;

/// <summary>A group of users as the catalog keeps it. Who is in it stands in the users' records.</summary>
public sealed record GroupRecord : IPolicyHolder
{
    public required string AccountId { get; init; }

    public required string Name { get; init; }

    public required string Path { get; init; }

    public required string Id { get; init; }

    public required DateTimeOffset Created { get; init; }

    public IReadOnlyList<NamedPolicy> Policies { get; init => field = value ?? []; } = [];

    public IReadOnlyList<PolicyReference> Attached { get; init => field = value ?? []; } = [];
}
