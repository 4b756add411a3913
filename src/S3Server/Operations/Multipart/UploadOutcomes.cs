using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Object;
using S3Cassandra.Storage.Objects;
using S3Cassandra.Storage.Uploads;

namespace S3Cassandra.S3Server.Operations.Multipart;

/// <summary>What operations on uploads answer where the store's outcome is not success.</summary>
internal static class UploadOutcomes
{
    /// <exception cref="S3Exception">The step was not done.</exception>
    public static void Require(S3Context context, UploadStatus status)
    {
        if (status != UploadStatus.Done)
        {
            throw Error(context, status);
        }
    }

    private static S3Exception Error(S3Context context, UploadStatus status) => status switch
    {
        UploadStatus.NoSuchUpload => UploadParameters.NoSuchUpload(context),
        UploadStatus.BodyRefused when context.Body.Refusal is { } refusal => refusal,
        UploadStatus.PreconditionFailed => ObjectOutcomes.PreconditionFailed(UploadParameters.InitiatedTimeHeader),
        UploadStatus.BucketGone => OfWrite(context, WriteStatus.BucketGone),
        UploadStatus.BodyRefused => OfWrite(context, WriteStatus.BodyRefused),
        UploadStatus.TooLarge => OfWrite(context, WriteStatus.TooLarge),
        _ => OfWrite(context, WriteStatus.Unknown),
    };

    private static S3Exception OfWrite(S3Context context, WriteStatus status) =>
        ObjectOutcomes.Error(status, context.Target.Key.ToString(), context.Target.Bucket, WriteConditions.None);
}
