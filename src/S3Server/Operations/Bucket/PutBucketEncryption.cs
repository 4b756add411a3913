using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Object;
using S3Cassandra.S3Server.Xml;
using S3Cassandra.Storage.Buckets;
using S3Cassandra.Storage.Encryption;

namespace S3Cassandra.S3Server.Operations.Bucket;

/// <summary>Sets how a bucket's objects are encrypted when the request says nothing: with SSE-S3, which is what there is.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketEncryption.html"/>
internal sealed class PutBucketEncryption(BucketStore buckets, ObjectEncryptor encryptor) : IS3Operation<EncryptionKind>
{
    public async ValueTask<EncryptionKind> ParseAsync(S3Context context, CancellationToken cancellationToken)
    {
        var document = await BucketDocument.ReadAsync(context, "ServerSideEncryptionConfiguration", cancellationToken);
        if (document.Children is not [{ Name: "Rule" } rule])
        {
            throw new S3Exception(S3Errors.MalformedXML);
        }

        if (rule.Child("BlockedEncryptionTypes") is { } blocked && blocked.ChildrenNamed("EncryptionType").Any(type => type.Text != "NONE"))
        {
            throw new S3Exception(S3Errors.NotImplemented, "Blocking a type of encryption is not implemented.");
        }

        encryptor.RequireMasterKeys();
        return Algorithm(rule.Child("ApplyServerSideEncryptionByDefault"), rule.Child("BucketKeyEnabled")?.Text);
    }

    public void Require(EncryptionKind input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.PutEncryptionConfiguration, RequiredPermissions.BucketArn(context.Target.Bucket));

    public ValueTask ExecuteAsync(EncryptionKind input, S3Context context, CancellationToken cancellationToken) =>
        buckets.ChangeAsync(context, bucket => bucket with { DefaultEncryption = input }, cancellationToken);

    private static EncryptionKind Algorithm(XmlElement? byDefault, string? bucketKey)
    {
        switch (byDefault?.Child("SSEAlgorithm")?.Text)
        {
            case "aws:kms" or "aws:kms:dsse":
                throw new S3Exception(S3Errors.NotImplemented, "Encryption with KMS keys is not implemented.");
            case "AES256" when byDefault.Child("KMSMasterKeyID") is not null:
                throw new S3Exception(
                    S3Errors.InvalidArgument, "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms");
            case "AES256" when bucketKey is null or "" or "true" or "false":
                // A bucket key is KMS's; for SSE-S3, as AWS says, the setting means nothing.
                return EncryptionKind.SseS3;
            default:
                throw new S3Exception(S3Errors.MalformedXML);
        }
    }
}
