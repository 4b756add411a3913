namespace S3Cassandra.Storage.Buckets;

/// <summary>What became of creating a bucket; <paramref name="Bucket"/> is the one made, or the one that is there already.</summary>
public readonly record struct CreateBucketOutcome(CreateBucketStatus Status, BucketRecord? Bucket = null);
