namespace S3Cassandra.Storage.Identities;

/// <summary>A version of a managed policy: its number (v1 is 1), its JSON, when it was made. Immutable.</summary>
public sealed record PolicyVersion(int Number, string Document, DateTimeOffset Created);
