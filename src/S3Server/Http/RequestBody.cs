using System.Buffers;
using System.IO.Pipelines;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.Storage.Checksums;

namespace S3Cassandra.S3Server.Http;

/// <summary>
/// A request's body, decoded (no aws-chunked framing) and verified as it is read: what an operation stores or parses.
/// </summary>
/// <param name="reader">The decoded bytes; throws <see cref="S3Exception"/> where the body is cut short or its framing is wrong.</param>
/// <param name="length">How many bytes the request says will come; null when it does not.</param>
/// <param name="promises">What the request promised about them.</param>
internal sealed class RequestBody(PipeReader reader, long? length, BodyPromises promises) : IObjectBody
{
    /// <summary>The body of a request that has none.</summary>
    public static RequestBody Empty => None(BodyPromises.None);

    /// <summary>No body, and what was promised about it nevertheless.</summary>
    public static RequestBody None(BodyPromises promises) => new(PipeReader.Create(ReadOnlySequence<byte>.Empty), 0, promises);

    public PipeReader Reader => reader;

    public long? Length => length;

    public ChecksumAlgorithm? Algorithm => promises.Algorithm;

    /// <summary>Whether Content-MD5 or a checksum came with it.</summary>
    public bool HasDigest => promises.HasDigest;

    public bool NeedsSha256 => promises.NeedsSha256;

    /// <summary>The checksum that the request named in a header or, once the body was read, in its trailer; null when none.</summary>
    public Checksum? Promised => promises.Checksum;

    /// <summary>Why <see cref="Accept"/> said no: what the operation throws.</summary>
    public S3Exception? Refusal { get; private set; }

    public bool Accept(BodyDigests digests)
    {
        Refusal = promises.Compare(digests);
        return Refusal is null;
    }

    /// <summary>
    /// Reads a document whole and verifies it. It is not longer than <paramref name="limit"/> bytes, or the request ends with
    /// MaxMessageLengthExceeded; nothing is allocated by a declared length.
    /// </summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAllAsync(int limit, CancellationToken cancellationToken)
    {
        if (length > limit)
        {
            throw new S3Exception(S3Errors.MaxMessageLengthExceeded, null, ("MaxMessageLengthBytes", limit.ToString(null, null)));
        }

        var bytes = new ArrayBufferWriter<byte>();
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            foreach (var segment in read.Buffer)
            {
                bytes.Write(segment.Span);
            }

            reader.AdvanceTo(read.Buffer.End);
            if (bytes.WrittenCount > limit)
            {
                throw new S3Exception(S3Errors.MaxMessageLengthExceeded, null, ("MaxMessageLengthBytes", limit.ToString(null, null)));
            }

            if (read.IsCompleted)
            {
                break;
            }
        }

        return promises.Compare(bytes.WrittenSpan) is { } refusal ? throw refusal : bytes.WrittenMemory;
    }
}
