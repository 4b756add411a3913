namespace S3Cassandra.Storage.Garbage;

/// <summary>What the census knows of a blob that is referred to.</summary>
internal enum CensusAnswer
{
    /// <summary>Another pass counts it.</summary>
    NotOurs,

    Counted,

    /// <summary>There was no such blob when stock was taken.</summary>
    Missing,

    /// <summary>A row of another key refers to it as well.</summary>
    OfAnother,
}
