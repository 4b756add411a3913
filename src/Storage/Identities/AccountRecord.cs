namespace S3Cassandra.Storage.Identities;

/// <summary>An account as the catalog keeps it.</summary>
public sealed record AccountRecord
{
    /// <summary>12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>64 hexadecimal digits.</summary>
    public required string CanonicalId { get; init; }

    /// <summary>What the operator calls it; empty for the store's first.</summary>
    public required string Name { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>The name for its id that users may show; null without.</summary>
    public string? Alias { get; init; }

    /// <summary>The keys of its root. The store's first account has its root key elsewhere besides: in the settings or with the store's own facts.</summary>
    public IReadOnlyList<UserKey> Keys { get; init => field = value ?? []; } = [];
}
