using System.Buffers;
using System.IO.Pipelines;
using S3Cassandra.S3Server.Errors;

namespace S3Cassandra.S3Server.Http.Bodies;

/// <summary>
/// The decoded bytes of an aws-chunked body as a pipe. It copies once, out of the connection's buffer: a chunk's bytes are in several
/// pieces there, and a reader may ask for more without having consumed any, across the framing.
/// </summary>
internal sealed class AwsChunkedReader(PipeReader inner, AwsChunkedDecoder decoder, DecodedBytes decoded) : PipeReader
{
    private ReadOnlySequence<byte> _handedOut;
    private int _examined;
    private bool _innerIsCompleted;
    private bool _isCompleted;

    private bool IsAtEnd => _innerIsCompleted && decoder.State is AwsChunkedState.Done;

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isCompleted, this);
        while (decoded.ReleasedLength <= _examined && !IsAtEnd)
        {
            var read = await inner.ReadAsync(cancellationToken);
            Take(read);
            if (read.IsCanceled)
            {
                return Result(isCanceled: true);
            }
        }

        return Result(isCanceled: false);
    }

    public override bool TryRead(out ReadResult result)
    {
        ObjectDisposedException.ThrowIf(_isCompleted, this);
        if (decoded.ReleasedLength <= _examined && !IsAtEnd && inner.TryRead(out var read))
        {
            Take(read);
        }

        var hasResult = decoded.ReleasedLength > _examined || IsAtEnd;
        result = hasResult ? Result(isCanceled: false) : default;
        return hasResult;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        var consumedLength = (int)_handedOut.Slice(_handedOut.Start, consumed).Length;
        _examined = (int)_handedOut.Slice(_handedOut.Start, examined).Length - consumedLength;
        decoded.Consume(consumedLength);
        _handedOut = default;
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null)
    {
        if (!_isCompleted)
        {
            _isCompleted = true;
            decoder.Dispose();
            decoded.Dispose();
        }
    }

    private void Take(in ReadResult read)
    {
        var consumed = read.Buffer.End;
        try
        {
            consumed = decoder.Decode(read.Buffer);
            _innerIsCompleted = read.IsCompleted;
            if (read.IsCompleted && decoder.State is not AwsChunkedState.Done)
            {
                throw new S3Exception(S3Errors.IncompleteBody, "The request body terminated unexpectedly");
            }
        }
        finally
        {
            inner.AdvanceTo(consumed, read.Buffer.End);
        }
    }

    private ReadResult Result(bool isCanceled)
    {
        _handedOut = decoded.Released;
        return new ReadResult(_handedOut, isCanceled, IsAtEnd);
    }
}
