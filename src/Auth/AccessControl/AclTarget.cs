namespace S3Cassandra.Auth.AccessControl;

/// <summary>Whose list an action is looked for in.</summary>
public enum AclTarget
{
    /// <summary>The bucket's.</summary>
    Bucket,

    /// <summary>The object's.</summary>
    Object,

    /// <summary>The bucket's, and the object must be the asker's own or not be there.</summary>
    BucketForOwnObjects,
}
