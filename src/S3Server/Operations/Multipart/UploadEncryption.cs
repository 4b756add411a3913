using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Operations.Object;
using S3Cassandra.Storage.Encryption;

namespace S3Cassandra.S3Server.Operations.Multipart;

/// <summary>The encryption of an upload under way: what a part's request must say, and the data key that all parts share.</summary>
internal static class UploadEncryption
{
    /// <exception cref="S3Exception">InvalidRequest: the customer's key is missing, not asked for, or another one.</exception>
    public static DataKey? OpenUploadKey(this ObjectEncryptor encryptor, ObjectEncryption? encryption, CustomerKey? customer)
    {
        var isCustomers = encryption is { Kind: EncryptionKind.SseC };
        if (isCustomers != customer is not null)
        {
            throw new S3Exception(
                S3Errors.InvalidRequest,
                isCustomers
                    ? "The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate encryption parameters."
                    : "The multipart upload initiate request did not request encryption. Please resend the request without encryption parameters.");
        }

        if (isCustomers && encryption!.CustomerKeyMd5 != customer!.Md5)
        {
            throw new S3Exception(S3Errors.InvalidRequest, "The provided encryption parameters did not match the ones used originally.");
        }

        return encryptor.OpenKey(encryption, customer);
    }
}
