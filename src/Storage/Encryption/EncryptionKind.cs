namespace S3Cassandra.Storage.Encryption;

/// <summary>How an object's bytes are encrypted at rest.</summary>
public enum EncryptionKind
{
    None = 0,

    /// <summary>SSE-S3: a data key of the object's own, wrapped by the server's master key.</summary>
    SseS3 = 1,

    /// <summary>SSE-C: a data key of the object's own, wrapped by the key that the client sends with every request.</summary>
    SseC = 2,
}
