namespace S3Cassandra.Storage.Cassandra.Tables;

/// <summary>Where a bucket's key space stands in its life.</summary>
internal enum BucketState
{
    Live = 0,

    /// <summary>Somebody freezes its shards and looks whether they are empty.</summary>
    Deleting = 1,

    /// <summary>Decided: nothing is ever written here again.</summary>
    Deleted = 2,
}
