using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using S3Cassandra.Auth.Forms;
using S3Cassandra.S3Server.Errors;

namespace S3Cassandra.S3Server.Http.Forms;

/// <summary>
/// A form's file as a pipe: the connection's own buffers up to the delimiter, nothing copied. It ends where the delimiter begins; what
/// comes after that is left to be dropped.
/// </summary>
internal sealed class FormFileReader(PipeReader inner, FormDelimiter delimiter, FileLengthRange range) : PipeReader
{
    private ReadOnlySequence<byte> _read;
    private ReadOnlySequence<byte> _handedOut;
    private long _consumed;
    private long _examined;
    private bool _isWhole;

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var read = await inner.ReadAsync(cancellationToken);
            if (TryHandOut(read, out var result))
            {
                return result;
            }
        }
    }

    public override bool TryRead(out ReadResult result)
    {
        while (inner.TryRead(out var read))
        {
            if (TryHandOut(read, out result))
            {
                return true;
            }
        }

        result = default;
        return false;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        var consumedLength = _handedOut.Slice(_handedOut.Start, consumed).Length;
        var examinedLength = _handedOut.Slice(_handedOut.Start, examined).Length;
        _consumed += consumedLength;
        _examined = examinedLength - consumedLength;

        // What may be the delimiter's beginning was looked at, too: without more behind it there is nothing to hand out.
        inner.AdvanceTo(consumed, examinedLength == _handedOut.Length && !_isWhole ? _read.End : examined);
        _read = _handedOut = default;
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    /// <summary>The pipe below is the connection's.</summary>
    public override void Complete(Exception? exception = null)
    {
    }

    private bool TryHandOut(in ReadResult read, out ReadResult result)
    {
        (var length, _isWhole) = delimiter.Find(read.Buffer);
        if (Refusal(length, read.IsCompleted) is { } refusal)
        {
            inner.AdvanceTo(read.Buffer.End);
            throw refusal;
        }

        if (length <= _examined && !_isWhole && !read.IsCanceled)
        {
            inner.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            result = default;
            return false;
        }

        _read = read.Buffer;
        _handedOut = read.Buffer.Slice(0, length);
        result = new ReadResult(_handedOut, read.IsCanceled, _isWhole);
        return true;
    }

    /// <summary>Refuses a file as soon as it is known to be too long, too short or without an end.</summary>
    private S3Exception? Refusal(long available, bool isLast)
    {
        var length = _consumed + available;
        if (length > range.Max)
        {
            return OfLength(S3Errors.EntityTooLarge, length, "MaxSizeAllowed", range.Max);
        }

        if (!_isWhole)
        {
            return isLast ? new S3Exception(S3Errors.MalformedPOSTRequest) : null;
        }

        return length < range.Min
            ? OfLength(S3Errors.EntityTooSmall, length, "MinSizeAllowed", range.Min)
            : null;
    }

    private static S3Exception OfLength(S3Error error, long length, string bound, long value) => new(
        error,
        null,
        ("ProposedSize", length.ToString(CultureInfo.InvariantCulture)),
        (bound, value.ToString(CultureInfo.InvariantCulture)));
}
