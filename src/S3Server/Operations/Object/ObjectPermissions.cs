using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.AccessControl;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>What requests on objects need by their headers: tags and an ACL that come with an upload have actions of their own, so has passing over retention.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html"/>
internal static class ObjectPermissions
{
    /// <summary>For an object that the request makes.</summary>
    public static void Add(RequiredPermissions permissions, S3Context context, string resource, bool hasTags)
    {
        permissions.Add(S3Action.PutObject, resource);
        if (hasTags)
        {
            permissions.AddOfNew(S3Action.PutObjectTagging, resource);
        }

        if (AclHeaders.Any(context))
        {
            permissions.AddOfNew(S3Action.PutObjectAcl, resource);
        }
    }

    /// <summary>A deletion that says that it may pass over governance retention needs to be allowed that.</summary>
    public static bool BypassesGovernance(S3Context context) =>
        string.Equals(context.Header("x-amz-bypass-governance-retention"), "true", StringComparison.OrdinalIgnoreCase);
}
