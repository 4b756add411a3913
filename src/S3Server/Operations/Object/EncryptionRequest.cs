using S3Cassandra.Storage.Encryption;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>How a request wants an object encrypted.</summary>
/// <param name="IsS3">x-amz-server-side-encryption: AES256.</param>
/// <param name="Customer">The customer's key (SSE-C).</param>
internal readonly record struct EncryptionRequest(bool IsS3, CustomerKey? Customer)
{
    public bool IsAny => IsS3 || Customer is not null;
}
