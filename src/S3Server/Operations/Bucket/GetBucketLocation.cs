using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Xml;

namespace S3Cassandra.S3Server.Operations.Bucket;

/// <summary>Names a bucket's region; us-east-1 has no name there.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html"/>
internal sealed class GetBucketLocation : IS3Operation<NoInput>
{
    public ValueTask<NoInput> ParseAsync(S3Context context, CancellationToken cancellationToken) => default;

    public void Require(NoInput input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.GetBucketLocation, RequiredPermissions.BucketArn(context.Target.Bucket));

    public ValueTask ExecuteAsync(NoInput input, S3Context context, CancellationToken cancellationToken) =>
        S3XmlResponse.WriteAsync(context, StatusCodes.Status200OK, context.Bucket.Region, Write, cancellationToken);

    private static void Write(S3XmlWriter xml, string region)
    {
        xml.StartDocument("LocationConstraint"u8);
        xml.Text(region == CreateBucket.DefaultRegion ? "" : region);
        xml.End("LocationConstraint"u8);
    }
}
