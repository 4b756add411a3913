using S3Cassandra.Storage.Buckets;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>Who is to own what is written into a bucket.</summary>
internal sealed record PutBucketOwnershipControlsInput(ObjectOwnership Ownership);
