using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Buckets;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.S3Server.Operations.Bucket;

/// <summary>Enables or suspends versioning. There is no MFA delete to switch on.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html"/>
internal sealed class PutBucketVersioning(BucketStore buckets) : IS3Operation<VersioningState>
{
    public async ValueTask<VersioningState> ParseAsync(S3Context context, CancellationToken cancellationToken)
    {
        var document = await BucketDocument.ReadAsync(context, "VersioningConfiguration", cancellationToken);
        switch (document.Child("MfaDelete")?.Text)
        {
            case null or "Disabled":
                break;
            case "Enabled":
                throw new S3Exception(S3Errors.NotImplemented, "MFA delete is not implemented.");
            default:
                throw new S3Exception(S3Errors.MalformedXML);
        }

        return document.Child("Status")?.Text switch
        {
            "Enabled" => VersioningState.Enabled,
            "Suspended" => VersioningState.Suspended,
            null => throw new S3Exception(
                S3Errors.IllegalVersioningConfigurationException, "The Versioning element must be specified"),
            _ => throw new S3Exception(S3Errors.MalformedXML),
        };
    }

    public void Require(VersioningState input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.PutBucketVersioning, RequiredPermissions.BucketArn(context.Target.Bucket));

    public async ValueTask ExecuteAsync(VersioningState input, S3Context context, CancellationToken cancellationToken)
    {
        switch (await buckets.SetVersioningAsync(context.Bucket.Id, input, cancellationToken))
        {
            case ConfigurationChange.Applied:
                return;
            case ConfigurationChange.BucketGone:
                throw BucketOutcomes.NoSuchBucket(context);
            case ConfigurationChange.EpochChanged:
                throw new S3Exception(S3Errors.OperationAborted);
            default:
                throw BucketOutcomes.Unknown();
        }
    }
}
