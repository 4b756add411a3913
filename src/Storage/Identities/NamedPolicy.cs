namespace S3Cassandra.Storage.Identities;

/// <summary>A policy's JSON under its name.</summary>
public sealed record NamedPolicy(string Name, string Document);
