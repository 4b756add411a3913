using S3Cassandra.Auth.Policies;
using S3Cassandra.Auth.Policies.Evaluation;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Xml;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>Whether a bucket's policy is public.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicyStatus.html"/>
internal sealed class GetBucketPolicyStatus(BucketPolicies policies) : IS3Operation<NoInput>
{
    public ValueTask<NoInput> ParseAsync(S3Context context, CancellationToken cancellationToken) => default;

    public void Require(NoInput input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.GetBucketPolicyStatus, RequiredPermissions.BucketArn(context.Target.Bucket));

    public ValueTask ExecuteAsync(NoInput input, S3Context context, CancellationToken cancellationToken)
    {
        var policy = policies.Of(context.Bucket)
            ?? throw new S3Exception(S3Errors.NoSuchBucketPolicy, null, ("BucketName", context.Target.Bucket));
        return S3XmlResponse.WriteAsync(context, StatusCodes.Status200OK, PublicPolicy.IsPublic(policy), Write, cancellationToken);
    }

    private static void Write(S3XmlWriter xml, bool isPublic)
    {
        xml.StartDocument("PolicyStatus"u8);
        xml.Element("IsPublic"u8, isPublic ? "true" : "false");
        xml.End("PolicyStatus"u8);
    }
}
