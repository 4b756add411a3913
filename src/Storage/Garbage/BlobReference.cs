namespace S3Cassandra.Storage.Garbage;

/// <summary>What a look for references to a blob found.</summary>
internal enum BlobReference
{
    /// <summary>Nothing refers to it.</summary>
    None,

    /// <summary>A row does.</summary>
    Found,

    /// <summary>It cannot be said now.</summary>
    Unsettled,
}
