using System.Buffers;
using System.IO.Pipelines;

namespace S3Cassandra.S3Server.Hosting;

/// <summary>
/// The way out of an HTTP/1.1 connection. While the application answers, it hands everything through. What Kestrel writes by itself,
/// before or instead of calling the application, is its refusal of a malformed request, without a body: that goes out as S3's error.
/// </summary>
internal sealed class RejectionWriter(PipeWriter inner) : PipeWriter
{
    private readonly ArrayBufferWriter<byte> _own = new(256);

    /// <summary>Whether the application is answering a request of this connection.</summary>
    public bool IsAnswering { get; set; }

    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes + _own.WrittenCount;

    public override Memory<byte> GetMemory(int sizeHint = 0) => IsAnswering ? inner.GetMemory(sizeHint) : _own.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => IsAnswering ? inner.GetSpan(sizeHint) : _own.GetSpan(sizeHint);

    public override void Advance(int bytes)
    {
        if (IsAnswering)
        {
            inner.Advance(bytes);
        }
        else
        {
            _own.Advance(bytes);
        }
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        PassOn();
        return inner.FlushAsync(cancellationToken);
    }

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null)
    {
        PassOn();
        inner.Complete(exception);
    }

    public override ValueTask CompleteAsync(Exception? exception = null)
    {
        PassOn();
        return inner.CompleteAsync(exception);
    }

    private void PassOn()
    {
        if (_own.WrittenCount == 0)
        {
            return;
        }

        if (!Rejection.TryRewrite(_own.WrittenSpan, inner))
        {
            inner.Write(_own.WrittenSpan);
        }

        _own.ResetWrittenCount();
    }
}
