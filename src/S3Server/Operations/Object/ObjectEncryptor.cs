using System.Security.Cryptography;
using S3Cassandra.S3Server.Configuration;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Buckets;
using S3Cassandra.Storage.Encryption;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>The headers of server-side encryption: what a request asks for, the keys that follow from it, and what answers say.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html"/>
internal sealed class ObjectEncryptor(KeyRing keys, ServerOptions options)
{
    private const string Encryption = "x-amz-server-side-encryption";
    private const string Algorithm = "x-amz-server-side-encryption-customer-algorithm";
    private const string Key = "x-amz-server-side-encryption-customer-key";
    private const string KeyMd5 = "x-amz-server-side-encryption-customer-key-MD5";
    private const string CopySourcePrefix = "x-amz-copy-source-server-side-encryption-customer-";
    private const string Aes256 = "AES256";

    /// <summary>What a request that writes asks for; the pipeline has refused what is not AES256.</summary>
    /// <exception cref="S3Exception">InvalidArgument, InvalidRequest, InvalidEncryptionAlgorithmError.</exception>
    public EncryptionRequest ParseWrite(S3Context context)
    {
        var customer = ParseCustomerKey(context);
        var isS3 = context.Header(Encryption) is not null;
        if (isS3)
        {
            RequireMasterKeys();
        }

        return isS3 && customer is not null
            ? throw Invalid("Server Side Encryption with Customer provided key is incompatible with the encryption method specified", Encryption)
            : new EncryptionRequest(isS3, customer);
    }

    /// <summary>The customer's key of a request; null when it sends none.</summary>
    /// <exception cref="S3Exception">InvalidArgument, InvalidRequest, InvalidEncryptionAlgorithmError.</exception>
    public CustomerKey? ParseCustomerKey(S3Context context) =>
        Parse(context, context.Header(Algorithm), context.Header(Key), context.Header(KeyMd5));

    /// <summary>The customer's key of the source of a copy.</summary>
    /// <exception cref="S3Exception">InvalidArgument, InvalidRequest, InvalidEncryptionAlgorithmError.</exception>
    public CustomerKey? ParseCopySourceKey(S3Context context) => Parse(
        context,
        context.Header(CopySourcePrefix + "algorithm"),
        context.Header(CopySourcePrefix + "key"),
        context.Header(CopySourcePrefix + "key-MD5"));

    /// <summary>A fresh data key for an object that is written, where the request or the bucket wants it encrypted.</summary>
    public DataKey? CreateKey(EncryptionRequest request, BucketRecord bucket)
    {
        if (request.Customer is { } customer)
        {
            return KeyRing.CreateForCustomer(customer);
        }

        if (!request.IsS3 && bucket.DefaultEncryption != EncryptionKind.SseS3)
        {
            return null;
        }

        RequireMasterKeys();
        return keys.CreateForS3();
    }

    /// <exception cref="S3Exception">NotImplemented: this server has no master keys, so SSE-S3 is not to be had from it.</exception>
    public void RequireMasterKeys()
    {
        if (!keys.HasKeys)
        {
            throw new S3Exception(S3Errors.NotImplemented, "Server-side encryption with AES256 needs master keys, and this server has none.");
        }
    }

    /// <summary>The data key of an object that is read; null where it is not encrypted.</summary>
    /// <exception cref="S3Exception">InvalidRequest: a customer's key is missing or not applicable. AccessDenied: it is another one.</exception>
    public DataKey? OpenKey(ObjectEncryption? encryption, CustomerKey? customer)
    {
        if (encryption is { Kind: EncryptionKind.SseC })
        {
            if (customer is null)
            {
                throw new S3Exception(
                    S3Errors.InvalidRequest,
                    "The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.");
            }

            return KeyRing.Open(encryption, customer) ?? throw new S3Exception(S3Errors.AccessDenied);
        }

        if (customer is not null)
        {
            throw new S3Exception(S3Errors.InvalidRequest, "The encryption parameters are not applicable to this object.");
        }

        return encryption is null ? null : keys.Open(encryption);
    }

    /// <summary>What an answer says of an object's encryption.</summary>
    public static void Describe(IHeaderDictionary headers, ObjectEncryption? encryption)
    {
        switch (encryption?.Kind)
        {
            case EncryptionKind.SseS3:
                headers[Encryption] = Aes256;
                break;
            case EncryptionKind.SseC:
                headers[Algorithm] = Aes256;
                headers[KeyMd5] = encryption.CustomerKeyMd5;
                break;
        }
    }

    private static S3Exception Invalid(string message, string name) => new(S3Errors.InvalidArgument, message, ("ArgumentName", name));

    private CustomerKey? Parse(S3Context context, string? algorithm, string? key, string? keyMd5)
    {
        if (algorithm is null && key is null && keyMd5 is null)
        {
            return null;
        }

        if (!IsSecure(context.Http))
        {
            throw new S3Exception(
                S3Errors.InvalidRequest,
                "Requests specifying Server Side Encryption with Customer provided keys must be made over a secure connection.");
        }

        if (algorithm is null)
        {
            throw Invalid("Requests specifying Server Side Encryption with Customer provided keys must provide a valid encryption algorithm.", Algorithm);
        }

        if (algorithm != Aes256)
        {
            throw new S3Exception(
                S3Errors.InvalidEncryptionAlgorithmError,
                "The Encryption request you specified is not valid. Supported value: AES256.",
                ("ArgumentName", Algorithm),
                ("ArgumentValue", algorithm));
        }

        return Decode(key, keyMd5);
    }

    /// <summary>Over TLS, ended here or by a proxy that the operator trusts to say so; or where the operator does not mind.</summary>
    private bool IsSecure(HttpContext http) =>
        http.Request.IsHttps
        || options.AllowSsecOverHttp
        || (http.Connection.RemoteIpAddress is { } peer
            && options.TrustedProxies.Any(network => network.Contains(peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer))
            && http.Request.Headers["X-Forwarded-Proto"].ToString().Equals("https", StringComparison.OrdinalIgnoreCase));

    private static CustomerKey Decode(string? key, string? keyMd5)
    {
        if (key is null)
        {
            throw Invalid("Requests specifying Server Side Encryption with Customer provided keys must provide an appropriate secret key.", Key);
        }

        if (keyMd5 is null)
        {
            throw Invalid(
                "Requests specifying Server Side Encryption with Customer provided keys must provide the client calculated MD5 of the secret key.",
                KeyMd5);
        }

        var bytes = new byte[MasterKey.KeyLength + 1];
        if (key.Length > 64 || !Convert.TryFromBase64String(key, bytes, out var length) || length != MasterKey.KeyLength)
        {
            throw Invalid("The secret key was invalid for the specified algorithm.", Key);
        }

        var secret = bytes.AsMemory(0, MasterKey.KeyLength);
        return Convert.ToBase64String(MD5.HashData(secret.Span)) == keyMd5
            ? new CustomerKey(secret, keyMd5)
            : throw Invalid("The calculated MD5 hash of the key did not match the hash that was provided.", KeyMd5);
    }
}
