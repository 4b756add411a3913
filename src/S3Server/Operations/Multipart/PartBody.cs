using System.IO.Pipelines;
using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Checksums;

namespace S3Cassandra.S3Server.Operations.Multipart;

/// <summary>The body of a part that came without a checksum: it gets one of its upload's algorithm.</summary>
internal sealed class PartBody(RequestBody body, ChecksumAlgorithm? algorithm) : IObjectBody
{
    public PipeReader Reader => body.Reader;

    public long? Length => body.Length;

    public ChecksumAlgorithm? Algorithm => body.Algorithm ?? algorithm;

    public bool NeedsSha256 => body.NeedsSha256;

    public bool Accept(BodyDigests digests) => body.Accept(digests);
}
