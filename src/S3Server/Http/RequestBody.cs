using System.IO.Pipelines;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.Storage.Checksums;

namespace S3Cassandra.S3Server.Http;

/// <summary>A request's body, decoded and verified as it is read.</summary>
internal class RequestBody : IObjectBody
{
    public static RequestBody Empty { get; } = new();

    public virtual PipeReader Reader { get; } = PipeReader.Create(System.Buffers.ReadOnlySequence<byte>.Empty);

    public virtual long? Length => 0;

    public virtual ChecksumAlgorithm? Algorithm => null;

    public virtual bool NeedsSha256 => false;

    /// <summary>Why <see cref="Accept"/> said no.</summary>
    public S3Exception? Refusal { get; protected set; }

    public virtual bool Accept(BodyDigests digests) => true;
}
