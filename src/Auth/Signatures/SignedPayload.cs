namespace S3Cassandra.Auth.Signatures;

/// <summary>
/// The payload mode of a request; <paramref name="Sha256"/> has 32 bytes in <see cref="PayloadMode.Signed"/>, or none where nobody signed and
/// what was sent is no hash, and is null otherwise.
/// </summary>
public readonly record struct SignedPayload(PayloadMode Mode, byte[]? Sha256)
{
    /// <summary>A body that nothing vouches for.</summary>
    public static SignedPayload Unsigned => new(PayloadMode.Unsigned, null);

    /// <summary>Whether the body is framed as aws-chunked and has to be decoded.</summary>
    public bool IsStreaming => Mode is PayloadMode.StreamingSigned or PayloadMode.StreamingSignedTrailer or PayloadMode.StreamingUnsignedTrailer;
}
