namespace S3Cassandra.Storage.Objects;

/// <summary>A tag of an object or a bucket.</summary>
public readonly record struct ObjectTag(string Key, string Value);
