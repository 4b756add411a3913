using System.Text;
using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>Shows a bucket's policy as it was put.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html"/>
internal sealed class GetBucketPolicy : IS3Operation<NoInput>
{
    public ValueTask<NoInput> ParseAsync(S3Context context, CancellationToken cancellationToken) => default;

    public void Require(NoInput input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.GetBucketPolicy, RequiredPermissions.BucketArn(context.Target.Bucket));

    public async ValueTask ExecuteAsync(NoInput input, S3Context context, CancellationToken cancellationToken)
    {
        var policy = context.Bucket.Policy
            ?? throw new S3Exception(S3Errors.NoSuchBucketPolicy, null, ("BucketName", context.Target.Bucket));
        var response = context.Http.Response;
        var text = Encoding.UTF8.GetBytes(policy);
        response.ContentType = "application/json";
        response.ContentLength = text.Length;
        await response.BodyWriter.WriteAsync(text, cancellationToken);
    }
}
