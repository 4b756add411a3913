namespace S3Cassandra.Storage.Catalog;

/// <summary>What became of a catalog write.</summary>
public enum CatalogOutcome
{
    Applied,

    /// <summary>The record was not as expected.</summary>
    NotApplied,
    Unknown,
}
