namespace S3Cassandra.Storage.Identities;

/// <summary>A user as the catalog keeps it: all that decides what it may do is in this one record, so that every change is atomic.</summary>
public sealed record UserRecord
{
    /// <summary>The account's 12 digits.</summary>
    public required string AccountId { get; init; }

    public required string Name { get; init; }

    /// <summary>Begins and ends with a slash.</summary>
    public required string Path { get; init; }

    /// <summary>AIDA and 16 characters; never used again, so that who is made under a name again is another.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>The keys it may sign with: two at most.</summary>
    public IReadOnlyList<UserKey> Keys { get; init; } = [];

    /// <summary>Its inline policies by name, in order of the names.</summary>
    public IReadOnlyList<NamedPolicy> Policies { get; init; } = [];
}
