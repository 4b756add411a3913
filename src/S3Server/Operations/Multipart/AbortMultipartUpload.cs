using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Object;
using S3Cassandra.Storage.Uploads;

namespace S3Cassandra.S3Server.Operations.Multipart;

/// <summary>Gives an upload up, and with it its parts.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html"/>
internal sealed class AbortMultipartUpload(MultipartUploads uploads) : IS3Operation<AbortMultipartUploadInput>
{
    public ValueTask<AbortMultipartUploadInput> ParseAsync(S3Context context, CancellationToken cancellationToken)
    {
        var initiated = context.Header(UploadParameters.InitiatedTimeHeader);
        return ValueTask.FromResult(new AbortMultipartUploadInput(
            UploadParameters.ParseUploadId(context), initiated is null ? null : ConditionHeaders.Time(initiated)));
    }

    public void Require(AbortMultipartUploadInput input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.AbortMultipartUpload, UploadParameters.Resource(context));

    public async ValueTask ExecuteAsync(AbortMultipartUploadInput input, S3Context context, CancellationToken cancellationToken)
    {
        var outcome = await uploads.AbortAsync(
            context.Bucket.Id, context.Target.Key, input.Upload, input.Initiated, cancellationToken);
        UploadOutcomes.Require(context, outcome);
        context.Http.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
