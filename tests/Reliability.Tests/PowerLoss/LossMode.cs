namespace S3Cassandra.Reliability.Tests.PowerLoss;

/// <summary>What becomes of what was not synced when the power goes.</summary>
internal enum LossMode
{
    /// <summary>All of it is lost.</summary>
    Everything,

    /// <summary>Some writes arrived, in any order, some of them in part; of a folder's changes the first few.</summary>
    Torn,

    /// <summary>The folders' changes and the files' lengths arrived, the bytes did not: zeros in their place.</summary>
    Zeros,
}
