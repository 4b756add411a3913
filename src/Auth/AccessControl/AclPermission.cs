namespace S3Cassandra.Auth.AccessControl;

/// <summary>What a grant gives. Stored: never renumber.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#permissions"/>
[Flags]
public enum AclPermission
{
    None = 0,

    /// <summary>To list a bucket; to read an object.</summary>
    Read = 1,

    /// <summary>To make objects in a bucket.</summary>
    Write = 2,

    /// <summary>To read the list itself.</summary>
    ReadAcp = 4,

    /// <summary>To replace the list itself.</summary>
    WriteAcp = 8,

    /// <summary>All four.</summary>
    FullControl = Read | Write | ReadAcp | WriteAcp,
}
