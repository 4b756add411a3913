using System.IO.Pipelines;
using S3Cassandra.Storage.Checksums;

namespace S3Cassandra.Storage.Objects;

/// <summary>The bytes of a stored object as a body: what a copy stores.</summary>
public sealed class CopiedBody : IObjectBody, IAsyncDisposable
{
    private const int BufferedBytes = 1024 * 1024;

    private readonly Pipe _pipe = new(new PipeOptions(
        pauseWriterThreshold: BufferedBytes, resumeWriterThreshold: BufferedBytes / 2, minimumSegmentSize: 64 * 1024, useSynchronizationContext: false));

    private readonly CancellationTokenSource _ended = new();
    private readonly Task _pump;

    internal CopiedBody(OpenObject source, long length, ChecksumAlgorithm? algorithm)
    {
        Length = length;
        Algorithm = algorithm;
        _pump = PumpAsync(source);
    }

    public PipeReader Reader => _pipe.Reader;

    public long? Length { get; }

    public ChecksumAlgorithm? Algorithm { get; }

    public bool NeedsSha256 => false;

    /// <summary>The source was verified chunk by chunk; its length is all there is to compare.</summary>
    public bool Accept(BodyDigests digests) => digests.Length == Length;

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _pipe.Reader.CompleteAsync();
        await _pump;
        _ended.Dispose();
    }

    /// <summary>Never fails: what goes wrong is thrown to the reader of the pipe.</summary>
    private async Task PumpAsync(OpenObject source)
    {
        Exception? failure = null;
        try
        {
            await source.CopyToAsync(_pipe.Writer, _ended.Token);
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        await _pipe.Writer.CompleteAsync(failure);
    }
}
