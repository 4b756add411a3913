namespace S3Cassandra.Storage.Buckets;

/// <summary>Who owns what is written into a bucket. Stored: never renumber.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html"/>
public enum ObjectOwnership
{
    /// <summary>The bucket's owner, always; access control lists mean nothing.</summary>
    BucketOwnerEnforced = 0,

    /// <summary>The bucket's owner, where the writer gives it full control by name; else the writer.</summary>
    BucketOwnerPreferred = 1,

    /// <summary>The writer.</summary>
    ObjectWriter = 2,

    /// <summary>The writer: nothing is set.</summary>
    Unset = 3,
}
