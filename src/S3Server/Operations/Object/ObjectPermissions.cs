using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>What requests on objects need by their headers: tags and an ACL that come with an upload have actions of their own, so has passing over retention.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html"/>
internal static class ObjectPermissions
{
    private static readonly string[] AclHeaders =
        ["x-amz-acl", "x-amz-grant-full-control", "x-amz-grant-read", "x-amz-grant-read-acp", "x-amz-grant-write", "x-amz-grant-write-acp"];

    /// <summary>For an object that the request makes.</summary>
    public static void Add(RequiredPermissions permissions, S3Context context, string resource, bool hasTags)
    {
        permissions.Add(S3Action.PutObject, resource);
        if (hasTags)
        {
            permissions.Add(S3Action.PutObjectTagging, resource);
        }

        if (HasAcl(context))
        {
            permissions.Add(S3Action.PutObjectAcl, resource);
        }
    }

    /// <summary>Whether the request says who may do what to what it makes.</summary>
    public static bool HasAcl(S3Context context) => Array.Exists(AclHeaders, header => context.Header(header) is not null);

    /// <summary>A deletion that says that it may pass over governance retention needs to be allowed that.</summary>
    public static bool BypassesGovernance(S3Context context) =>
        string.Equals(context.Header("x-amz-bypass-governance-retention"), "true", StringComparison.OrdinalIgnoreCase);
}
