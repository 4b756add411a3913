using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.AccessControl;
using S3Cassandra.S3Server.Operations.Object;
using S3Cassandra.S3Server.Xml;
using S3Cassandra.Storage.Uploads;

namespace S3Cassandra.S3Server.Operations.Multipart;

/// <summary>Begins a multipart upload.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html"/>
internal sealed class CreateMultipartUpload(MultipartUploads uploads, ObjectEncryptor encryptor, AccessLists lists)
    : IS3Operation<CreateMultipartUploadInput>
{
    public ValueTask<CreateMultipartUploadInput> ParseAsync(S3Context context, CancellationToken cancellationToken)
    {
        var (algorithm, type) = UploadChecksum.Parse(context);
        return ValueTask.FromResult(new CreateMultipartUploadInput(
            ObjectDescription.Parse(context), encryptor.ParseWrite(context), algorithm, type, AclHeaders.OfUpload(context)));
    }

    public void Require(CreateMultipartUploadInput input, S3Context context, RequiredPermissions permissions)
    {
        var resource = UploadParameters.Resource(context);
        ObjectPermissions.Add(permissions, context, resource, input.Description.Tags.Count > 0);
    }

    public async ValueTask ExecuteAsync(CreateMultipartUploadInput input, S3Context context, CancellationToken cancellationToken)
    {
        var (owner, acl) = await lists.OfNewObjectAsync(context, input.Acl, cancellationToken);
        var upload = new UploadRecord
        {
            Owner = owner,
            Acl = acl,
            Headers = input.Description.Headers,
            WebsiteRedirectLocation = input.Description.WebsiteRedirectLocation,
            Metadata = input.Description.Metadata,
            Tags = input.Description.Tags,
            ChecksumAlgorithm = input.Algorithm,
            ChecksumType = input.ChecksumType,
            Encryption = encryptor.CreateKey(input.Encryption, context.Bucket)?.Encryption,
        };
        var outcome = await uploads.InitiateAsync(context.Bucket.Id, context.Target.Key, upload, cancellationToken);
        UploadOutcomes.Require(context, outcome.Status);
        var headers = context.Http.Response.Headers;
        ObjectEncryptor.Describe(headers, upload.Encryption);
        if (input.Algorithm is { } algorithm)
        {
            headers[UploadChecksum.AlgorithmHeader] = ChecksumHeaders.NameOf(algorithm);
            headers[UploadChecksum.TypeHeader] = ChecksumHeaders.NameOf(input.ChecksumType);
        }

        await S3XmlResponse.WriteAsync(
            context, StatusCodes.Status200OK, (context.Target, outcome.Id), static (xml, answer) =>
            {
                xml.StartDocument("InitiateMultipartUploadResult"u8);
                xml.Element("Bucket"u8, answer.Target.Bucket);
                xml.ElementUtf8("Key"u8, answer.Target.Key.Span);
                xml.Element("UploadId"u8, answer.Id.ToString());
                xml.End("InitiateMultipartUploadResult"u8);
            },
            cancellationToken);
    }
}
