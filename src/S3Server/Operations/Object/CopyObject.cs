using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.AccessControl;
using S3Cassandra.S3Server.Xml;
using S3Cassandra.Storage.Checksums;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>Makes an object of another one's bytes.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html"/>
internal sealed class CopyObject(CopySourceReader sources, ObjectWriter objects, ObjectEncryptor encryptor, AccessLists lists) : IS3Operation<CopyObjectInput>
{
    private const string MetadataDirective = "x-amz-metadata-directive";
    private const string TaggingDirective = "x-amz-tagging-directive";

    public ValueTask<CopyObjectInput> ParseAsync(S3Context context, CancellationToken cancellationToken)
    {
        var replacesMetadata = IsReplace(context, MetadataDirective, "Unknown metadata directive.");
        var encryption = encryptor.ParseWrite(context);
        return ValueTask.FromResult(new CopyObjectInput
        {
            Source = CopySource.Parse(context),
            SourceConditions = ConditionHeaders.OfCopySource(context),
            SourceKey = encryptor.ParseCopySourceKey(context),
            Description = ObjectDescription.Parse(context),
            ReplacesMetadata = replacesMetadata,
            ReplacesTags = IsReplace(context, TaggingDirective, "Unknown tagging directive."),
            Conditions = ConditionHeaders.OfWrite(context),
            Encryption = encryption,
            Acl = AclHeaders.OfUpload(context),
            Algorithm = ParseAlgorithm(context),
            ChangesAttributes = replacesMetadata || encryption.IsAny || context.Header(WebsiteRedirect.Header) is not null
                || context.Header("x-amz-storage-class") is not null,
        });
    }

    public void Require(CopyObjectInput input, S3Context context, RequiredPermissions permissions)
    {
        permissions.Add(input.Source.Version is null ? S3Action.GetObject : S3Action.GetObjectVersion, input.Source.ToArn(), input.Source.Version);
        var resource = RequiredPermissions.ObjectArn(context.Target.Bucket, context.Target.Key.ToString());
        ObjectPermissions.Add(permissions, context, resource, input.ReplacesTags && input.Description.Tags.Count > 0);

        if (input.Conditions.IfMatch is not null)
        {
            permissions.Add(S3Action.GetObject, resource);
        }
    }

    public async ValueTask ExecuteAsync(CopyObjectInput input, S3Context context, CancellationToken cancellationToken)
    {
        var source = input.Source;
        if (source.Bucket == context.Target.Bucket && source.Key == context.Target.Key && source.Version is null && !input.ChangesAttributes)
        {
            throw new S3Exception(
                S3Errors.InvalidRequest,
                "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, "
                + "storage class, website redirect location or encryption attributes.");
        }

        var (found, outcome) = await sources.ReadAsync(
            () => sources.FindAsync(source, input.SourceConditions, input.SourceKey, context, cancellationToken),
            static record => record.Size <= BodyStorer.MaxLength ? new ByteRange(0, record.Size) : throw CopySourceReader.TooLarge(),
            (lookup, open, range) => StoreAsync(input, lookup.Object, open, range.Count, context, cancellationToken),
            cancellationToken);
        ObjectOutcomes.Require(context, outcome, input.Conditions);
        await AnswerAsync(context, found, outcome, cancellationToken);
    }

    private static bool IsReplace(S3Context context, string header, string message) => context.Header(header) switch
    {
        null or "COPY" => false,
        "REPLACE" => true,
        var other => throw new S3Exception(S3Errors.InvalidArgument, message, ("ArgumentName", header), ("ArgumentValue", other)),
    };

    private static ChecksumAlgorithm? ParseAlgorithm(S3Context context)
    {
        if (context.Header("x-amz-checksum-algorithm") is not { } name)
        {
            return null;
        }

        return ChecksumHeaders.Named(name) ?? throw new S3Exception(
            S3Errors.InvalidRequest,
            "Checksum algorithm provided is unsupported. Please try again with any of the valid types: "
            + "[CRC32, CRC32C, CRC64NVME, MD5, SHA1, SHA256, SHA512, XXHASH128, XXHASH3, XXHASH64]");
    }

    private async ValueTask<WriteOutcome> StoreAsync(
        CopyObjectInput input, ObjectRecord source, OpenObject open, long length, S3Context context, CancellationToken cancellationToken)
    {
        var (owner, acl) = await lists.OfNewObjectAsync(context, input.Acl, cancellationToken);
        var command = new PutObjectCommand
        {
            Bucket = context.Bucket.Id,
            Key = context.Target.Key,
            Owner = owner,
            Acl = acl,
            WebsiteRedirectLocation = input.Description.WebsiteRedirectLocation,
            Headers = input.ReplacesMetadata ? input.Description.Headers : source.Headers,
            Metadata = input.ReplacesMetadata ? input.Description.Metadata : source.Metadata,
            Tags = input.ReplacesTags ? input.Description.Tags : source.Tags,
            Conditions = input.Conditions,
            DataKey = encryptor.CreateKey(input.Encryption, context.Bucket),
        };
        await using var body = open.AsBody(length, input.Algorithm ?? source.Checksum?.Algorithm);
        return await objects.PutAsync(command, body, cancellationToken);
    }

    private static ValueTask AnswerAsync(S3Context context, ObjectLookup found, WriteOutcome outcome, CancellationToken cancellationToken)
    {
        var (response, record) = (context.Http.Response, outcome.Version!);
        ObjectResponseHeaders.WrittenVersion(response, record, outcome.Versioned);
        ObjectEncryptor.Describe(response.Headers, record.Encryption);
        if (found.Versioned)
        {
            response.Headers["x-amz-copy-source-version-id"] = found.Object.VersionId.ToString();
        }

        return S3XmlResponse.WriteAsync(context, StatusCodes.Status200OK, record, static (xml, copy) => CopyResult.Write(xml, "CopyObjectResult"u8, copy), cancellationToken);
    }
}
