using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;

namespace S3Cassandra.S3Server.Operations.Bucket;

/// <summary>Says whether a bucket exists and may be listed. The region, in x-amz-bucket-region, is the pipeline's, as on errors.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html"/>
internal sealed class HeadBucket : IS3Operation<NoInput>
{
    public ValueTask<NoInput> ParseAsync(S3Context context, CancellationToken cancellationToken) => default;

    public void Require(NoInput input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.ListBucket, RequiredPermissions.BucketArn(context.Target.Bucket));

    public ValueTask ExecuteAsync(NoInput input, S3Context context, CancellationToken cancellationToken)
    {
        context.Http.Response.Headers["x-amz-access-point-alias"] = "false";
        context.Http.Response.ContentType = "application/xml";
        return default;
    }
}
