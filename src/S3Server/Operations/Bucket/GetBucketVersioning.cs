using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Xml;
using S3Cassandra.Storage.Buckets;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.S3Server.Operations.Bucket;

/// <summary>Says whether a bucket keeps versions; nothing where it never did.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html"/>
internal sealed class GetBucketVersioning(BucketStore buckets) : IS3Operation<NoInput>
{
    public ValueTask<NoInput> ParseAsync(S3Context context, CancellationToken cancellationToken) => default;

    public void Require(NoInput input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.GetBucketVersioning, RequiredPermissions.BucketArn(context.Target.Bucket));

    public async ValueTask ExecuteAsync(NoInput input, S3Context context, CancellationToken cancellationToken)
    {
        var state = await buckets.GetVersioningAsync(context.Bucket.Id, cancellationToken) ?? throw BucketOutcomes.NoSuchBucket(context);
        await S3XmlResponse.WriteAsync(context, StatusCodes.Status200OK, state, Write, cancellationToken);
    }

    private static void Write(S3XmlWriter xml, VersioningState state)
    {
        xml.StartDocument("VersioningConfiguration"u8);
        xml.Element("Status"u8, state switch
        {
            VersioningState.Enabled => "Enabled",
            VersioningState.Suspended => "Suspended",
            _ => null,
        });
        xml.End("VersioningConfiguration"u8);
    }
}
