namespace S3Cassandra.Storage.Identities;

/// <summary>The keys that session tokens are sealed with, newest first: the first seals, all open.</summary>
public sealed record SessionKeyRing
{
    public IReadOnlyList<SessionKeyRecord> Keys { get; init => field = value ?? []; } = [];
}
