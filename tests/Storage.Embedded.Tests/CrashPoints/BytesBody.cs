using System.Buffers;
using System.IO.Pipelines;
using S3Cassandra.Storage.Checksums;

namespace S3Cassandra.Storage.Embedded.Tests.CrashPoints;

/// <summary>A body of known bytes, which may be refused at its end.</summary>
internal sealed class BytesBody(byte[] bytes, bool isRefused = false) : IObjectBody
{
    public PipeReader Reader { get; } = PipeReader.Create(new ReadOnlySequence<byte>(bytes));

    public long? Length => bytes.Length;

    public ChecksumAlgorithm? Algorithm => null;

    public bool NeedsSha256 => false;

    public bool Accept(BodyDigests digests) => !isRefused;
}
