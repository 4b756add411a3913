namespace S3Cassandra.Storage.Encryption;

/// <summary>What is stored about an object's encryption; the wrapped key is of no use without the wrapping one.</summary>
/// <param name="Kind">How.</param>
/// <param name="WrappedKey">The data key, wrapped with AES-256-GCM.</param>
/// <param name="MasterKeyId">Which master key wrapped it (SSE-S3).</param>
/// <param name="CustomerKeyMd5">Base64 MD5 of the customer's key (SSE-C), which requests must repeat.</param>
public sealed record ObjectEncryption(EncryptionKind Kind, ReadOnlyMemory<byte> WrappedKey, string? MasterKeyId, string? CustomerKeyMd5);
