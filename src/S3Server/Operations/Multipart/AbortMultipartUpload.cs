using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Uploads;

namespace S3Cassandra.S3Server.Operations.Multipart;

/// <summary>Gives an upload up, and with it its parts.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html"/>
internal sealed class AbortMultipartUpload(MultipartUploads uploads) : IS3Operation<UploadId>
{
    public ValueTask<UploadId> ParseAsync(S3Context context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(UploadParameters.ParseUploadId(context));

    public void Require(UploadId input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.AbortMultipartUpload, UploadParameters.Resource(context));

    public async ValueTask ExecuteAsync(UploadId input, S3Context context, CancellationToken cancellationToken)
    {
        UploadOutcomes.Require(context, await uploads.AbortAsync(context.Bucket.Id, context.Target.Key, input, cancellationToken));
        context.Http.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
