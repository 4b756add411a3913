namespace S3Cassandra.Storage.Identities;

/// <summary>A tag of a user, role or policy. Keys are compared without regard to case.</summary>
public sealed record IdentityTag(string Key, string Value);
