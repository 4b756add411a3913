namespace S3Cassandra.Storage.Identities;

/// <summary>When and for which service an access key was last used.</summary>
public sealed record KeyUseRecord(DateTimeOffset LastUsed, string Service);
