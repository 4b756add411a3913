namespace S3Cassandra.Storage.Catalog;

/// <summary>The outcome of a catalog write; <paramref name="Current"/> is the new record when applied, the one in the way when not.</summary>
public readonly record struct CatalogResult(CatalogOutcome Outcome, CatalogRecord? Current);
