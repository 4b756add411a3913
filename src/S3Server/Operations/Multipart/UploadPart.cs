using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Object;
using S3Cassandra.Storage.Checksums;
using S3Cassandra.Storage.Uploads;

namespace S3Cassandra.S3Server.Operations.Multipart;

/// <summary>Uploads a part.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html"/>
internal sealed class UploadPart(MultipartUploads uploads, ObjectEncryptor encryptor) : IS3Operation<UploadPartInput>
{
    public ValueTask<UploadPartInput> ParseAsync(S3Context context, CancellationToken cancellationToken) => ValueTask.FromResult(
        new UploadPartInput(
            Number: UploadParameters.ParsePartNumber(context),
            Upload: UploadParameters.ParseUploadId(context),
            Customer: encryptor.ParseCustomerKey(context)));

    public void Require(UploadPartInput input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.PutObject, UploadParameters.Resource(context));

    public async ValueTask ExecuteAsync(UploadPartInput input, S3Context context, CancellationToken cancellationToken)
    {
        var upload = await uploads.FindAsync(context.Bucket.Id, context.Target.Key, input.Upload, cancellationToken)
            ?? throw UploadParameters.NoSuchUpload(context);
        CheckAlgorithm(upload.Record, context.Body.Algorithm);
        var key = encryptor.OpenUploadKey(upload.Record.Encryption, input.Customer);
        var body = new PartBody(context.Body, upload.Record.ChecksumAlgorithm);
        var outcome = await uploads.PutPartAsync(upload, input.Number, body, key, cancellationToken);
        UploadOutcomes.Require(context, outcome.Status);
        var response = context.Http.Response;
        response.Headers.ETag = ObjectResponseHeaders.Quoted(outcome.Part!.ETag);
        response.Headers[ChecksumHeaders.HeaderOf(outcome.Part.Checksum.Algorithm)] = outcome.Part.Checksum.ToString();
        ObjectEncryptor.Describe(response.Headers, upload.Record.Encryption);
    }

    /// <summary>
    /// A part's checksum must be of the upload's algorithm, or its object could get none. Where the upload names none, SDKs send what
    /// they always send; the object gets CRC-64/NVME.
    /// </summary>
    private static void CheckAlgorithm(UploadRecord upload, ChecksumAlgorithm? sent)
    {
        var expected = upload.ChecksumAlgorithm;
        var fits = expected is null || (sent is null ? upload.ChecksumType is ChecksumType.FullObject : sent == expected);
        if (!fits)
        {
            throw new S3Exception(
                S3Errors.InvalidRequest,
                $"Checksum Type mismatch occurred, expected checksum Type: {Name(expected)}, actual checksum Type: {Name(sent)}");
        }
    }

    private static string Name(ChecksumAlgorithm? algorithm) =>
        algorithm is { } named ? ChecksumHeaders.NameOf(named) : "null";
}
