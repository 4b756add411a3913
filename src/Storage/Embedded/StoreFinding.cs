namespace S3Cassandra.Storage.Embedded;

/// <summary>Something that <see cref="EmbeddedStore.CheckAsync"/> found.</summary>
/// <param name="Path">The file or folder.</param>
/// <param name="Detail">In words.</param>
/// <param name="IsDamage">False for what costs no more than space.</param>
public sealed record StoreFinding(string Path, string Detail, bool IsDamage);
