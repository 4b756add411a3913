namespace S3Cassandra.Storage.Identities;

/// <summary>An access key of a user, without its secret.</summary>
public sealed record UserKey(string Id, bool IsActive, DateTimeOffset Created);
