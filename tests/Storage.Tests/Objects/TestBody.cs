using System.Buffers;
using System.IO.Pipelines;
using S3Cassandra.Storage.Checksums;

namespace S3Cassandra.Storage.Tests.Objects;

/// <summary>A body of known bytes, which may break off, come in small pieces, hide its length, or be refused at its end.</summary>
internal sealed class TestBody : IObjectBody
{
    public TestBody(byte[] bytes, int pieceLength = int.MaxValue, Exception? breaksWith = null, bool hidesLength = false, long? claims = null)
    {
        Length = hidesLength ? null : claims ?? bytes.Length;
        Reader = breaksWith is null && pieceLength == int.MaxValue
            ? PipeReader.Create(new ReadOnlySequence<byte>(bytes))
            : Feed(bytes, pieceLength, breaksWith);
    }

    public PipeReader Reader { get; }

    public long? Length { get; }

    public ChecksumAlgorithm? Algorithm { get; init; }

    public bool NeedsSha256 { get; init; }

    public bool IsRefused { get; init; }

    public BodyDigests? Seen { get; private set; }

    public bool Accept(BodyDigests digests)
    {
        Seen = digests;
        return !IsRefused;
    }

    private static PipeReader Feed(byte[] bytes, int pieceLength, Exception? breaksWith)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        _ = FeedAsync(pipe.Writer, bytes, pieceLength, breaksWith);
        return pipe.Reader;
    }

    private static async Task FeedAsync(PipeWriter writer, byte[] bytes, int pieceLength, Exception? breaksWith)
    {
        for (var at = 0; at < bytes.Length; at += pieceLength)
        {
            await writer.WriteAsync(bytes.AsMemory(at, Math.Min(pieceLength, bytes.Length - at)));
            await Task.Yield();
        }

        await writer.CompleteAsync(breaksWith);
    }
}
