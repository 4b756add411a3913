namespace S3Cassandra.Storage.Cassandra.Tables;

/// <summary>What became of a conditional write. It is sent once, whatever happens.</summary>
internal enum TableOutcome
{
    Applied,

    /// <summary>A condition did not hold; it never can apply any more.</summary>
    NotApplied,

    /// <summary>It may have applied, or may yet, however late. No read settles it.</summary>
    Unknown,
}
