namespace S3Cassandra.Auth.AccessControl;

/// <summary>The lists that have a name.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl"/>
public static class CannedAcl
{
    public const string Private = "private";
    public const string BucketOwnerFullControl = "bucket-owner-full-control";

    /// <summary>For machine images of EC2, which are not here.</summary>
    public const string AwsExecRead = "aws-exec-read";

    /// <summary>Whether S3 knows the name, on a bucket or on an object.</summary>
    public static bool IsKnown(string name, bool ofBucket) => name switch
    {
        Private or "public-read" or "public-read-write" or "authenticated-read" or AwsExecRead => true,
        BucketOwnerFullControl or "bucket-owner-read" => true,
        "log-delivery-write" => ofBucket,
        _ => false,
    };

    /// <summary>The list of a name that <see cref="IsKnown"/> knows. What names the bucket's owner means nothing on a bucket.</summary>
    public static AccessControlList Expand(string name, string owner, string bucketOwner)
    {
        var grants = new List<Grant> { new(Grantee.Account(owner), AclPermission.FullControl) };
        switch (name)
        {
            case "public-read":
                Add(GranteeKind.AllUsers, AclPermission.Read);
                break;
            case "public-read-write":
                Add(GranteeKind.AllUsers, AclPermission.Read);
                Add(GranteeKind.AllUsers, AclPermission.Write);
                break;
            case "authenticated-read":
                Add(GranteeKind.AuthenticatedUsers, AclPermission.Read);
                break;
            case "log-delivery-write":
                Add(GranteeKind.LogDelivery, AclPermission.Write);
                Add(GranteeKind.LogDelivery, AclPermission.ReadAcp);
                break;
            case "bucket-owner-read" when owner != bucketOwner:
                grants.Add(new Grant(Grantee.Account(bucketOwner), AclPermission.Read));
                break;
            case BucketOwnerFullControl when owner != bucketOwner:
                grants.Add(new Grant(Grantee.Account(bucketOwner), AclPermission.FullControl));
                break;
        }

        return new AccessControlList(grants);

        void Add(GranteeKind group, AclPermission permission) => grants.Add(new Grant(Grantee.Group(group), permission));
    }
}
