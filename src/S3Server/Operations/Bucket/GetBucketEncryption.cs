using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Xml;
using S3Cassandra.Storage.Encryption;

namespace S3Cassandra.S3Server.Operations.Bucket;

/// <summary>Says how a bucket's objects are encrypted when the request says nothing.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketEncryption.html"/>
internal sealed class GetBucketEncryption : IS3Operation<NoInput>
{
    public ValueTask<NoInput> ParseAsync(S3Context context, CancellationToken cancellationToken) => default;

    public void Require(NoInput input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.GetEncryptionConfiguration, RequiredPermissions.BucketArn(context.Target.Bucket));

    public ValueTask ExecuteAsync(NoInput input, S3Context context, CancellationToken cancellationToken) =>
        context.Bucket.DefaultEncryption == EncryptionKind.SseS3
            ? S3XmlResponse.WriteAsync(context, StatusCodes.Status200OK, Write, cancellationToken)
            : throw new S3Exception(
                S3Errors.ServerSideEncryptionConfigurationNotFoundError, null, ("BucketName", context.Target.Bucket));

    private static void Write(S3XmlWriter xml)
    {
        xml.StartDocument("ServerSideEncryptionConfiguration"u8);
        xml.Start("Rule"u8);
        xml.Start("ApplyServerSideEncryptionByDefault"u8);
        xml.Element("SSEAlgorithm"u8, "AES256");
        xml.End("ApplyServerSideEncryptionByDefault"u8);
        xml.Element("BucketKeyEnabled"u8, false);
        xml.End("Rule"u8);
        xml.End("ServerSideEncryptionConfiguration"u8);
    }
}
