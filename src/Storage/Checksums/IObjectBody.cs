using System.IO.Pipelines;

namespace S3Cassandra.Storage.Checksums;

/// <summary>
/// Bytes on their way into the store, already decoded (no aws-chunked framing). A body that is cut short, or whose framing or chunk
/// signatures are wrong, makes <see cref="Reader"/> throw; nothing of it becomes visible.
/// </summary>
public interface IObjectBody
{
    PipeReader Reader { get; }

    /// <summary>How many bytes will come, where the request says so; they are counted all the same.</summary>
    long? Length { get; }

    /// <summary>The checksum to compute and keep; null: CRC-64/NVME, as S3 does when the client names none.</summary>
    ChecksumAlgorithm? Algorithm { get; }

    /// <summary>Whether SHA-256 of the body is needed to accept it (a signed payload).</summary>
    bool NeedsSha256 { get; }

    /// <summary>
    /// Asked once, after the last byte and before anything is committed: does the body match what the request promised (Content-MD5,
    /// x-amz-checksum-*, trailers, x-amz-content-sha256)? False refuses it, and the body remembers why.
    /// </summary>
    bool Accept(BodyDigests digests);
}
