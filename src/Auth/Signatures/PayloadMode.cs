namespace S3Cassandra.Auth.Signatures;

/// <summary>How the body of a request is to be read and what vouches for it (x-amz-content-sha256).</summary>
public enum PayloadMode
{
    /// <summary>The body as it is, unsigned: <c>UNSIGNED-PAYLOAD</c>, presigned URLs, Signature V2, anonymous requests.</summary>
    Unsigned,

    /// <summary>The body as it is; its SHA-256 was signed and has to be compared at its end (also in an anonymous request that names one).</summary>
    Signed,

    /// <summary>aws-chunked, each chunk signed: <c>STREAMING-AWS4-HMAC-SHA256-PAYLOAD</c>.</summary>
    StreamingSigned,

    /// <summary>aws-chunked, each chunk and the trailer signed: <c>STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER</c>.</summary>
    StreamingSignedTrailer,

    /// <summary>aws-chunked, chunks unsigned, with trailer: <c>STREAMING-UNSIGNED-PAYLOAD-TRAILER</c>.</summary>
    StreamingUnsignedTrailer,
}
