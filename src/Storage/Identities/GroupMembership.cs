namespace S3Cassandra.Storage.Identities;

/// <summary>A group that a user is in: its name, and its id, so that one made again under the name is another.</summary>
public sealed record GroupMembership(string Name, string Id);
