using S3Cassandra.Auth.Policies;

namespace S3Cassandra.Auth.AccessControl;

/// <summary>Which actions a list can allow, and by which permission. No list allows any other.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#acl-access-policy-permission-mapping"/>
public static class AclActionTable
{
    /// <summary>What allows the action; null where no list does.</summary>
    public static (AclTarget Target, AclPermission Permission)? Find(string action) => action switch
    {
        S3Action.ListBucket or S3Action.ListBucketVersions or S3Action.ListBucketMultipartUploads => (AclTarget.Bucket, AclPermission.Read),
        S3Action.PutObject => (AclTarget.Bucket, AclPermission.Write),
        S3Action.DeleteObject or S3Action.DeleteObjectVersion => (AclTarget.BucketForOwnObjects, AclPermission.Write),
        S3Action.GetBucketAcl => (AclTarget.Bucket, AclPermission.ReadAcp),
        S3Action.PutBucketAcl => (AclTarget.Bucket, AclPermission.WriteAcp),
        S3Action.GetObject or S3Action.GetObjectVersion => (AclTarget.Object, AclPermission.Read),
        S3Action.GetObjectAcl or S3Action.GetObjectVersionAcl => (AclTarget.Object, AclPermission.ReadAcp),
        S3Action.PutObjectAcl or S3Action.PutObjectVersionAcl => (AclTarget.Object, AclPermission.WriteAcp),
        _ => null,
    };

    /// <summary>Whether the object's owner decides about the action, not the bucket's.</summary>
    public static bool IsOwnersOfObject(string action) => action
        is S3Action.GetObject or S3Action.GetObjectVersion
        or S3Action.GetObjectAcl or S3Action.GetObjectVersionAcl
        or S3Action.PutObjectAcl or S3Action.PutObjectVersionAcl
        or S3Action.GetObjectAttributes or S3Action.GetObjectVersionAttributes
        or S3Action.GetObjectTagging or S3Action.GetObjectVersionTagging
        or S3Action.PutObjectTagging or S3Action.PutObjectVersionTagging
        or S3Action.DeleteObjectTagging or S3Action.DeleteObjectVersionTagging
        or S3Action.GetObjectTorrent;
}
