using System.Runtime.CompilerServices;
using S3Cassandra.Cql.Protocol;

namespace S3Cassandra.Cql.Connections;

/// <summary>
/// The payloads of v5's segments as one stream of frames, each segment's two checksums verified before any of its bytes is passed on
/// (native_protocol_v5.spec, section 2.2).
/// </summary>
internal sealed class SegmentStream(Stream stream) : Stream
{
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(SegmentHeader.Size + SegmentHeader.MaxPayload + SegmentCrc32.Size, pinned: true);
    private readonly SegmentCrc32 _crc = new();
    private int _received;
    private int _payloadStart;
    private int _payloadEnd;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_payloadStart == _payloadEnd)
        {
            if (!await ReadSegmentAsync(cancellationToken))
            {
                return 0;
            }
        }
        var count = Math.Min(buffer.Length, _payloadEnd - _payloadStart);
        _buffer.AsSpan(_payloadStart, count).CopyTo(buffer.Span);
        _payloadStart += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> ReadSegmentAsync(CancellationToken token)
    {
        // What follows the segment just used up is the beginning of the next.
        var used = _payloadEnd == 0 ? 0 : _payloadEnd + SegmentCrc32.Size;
        _buffer.AsSpan(used.._received).CopyTo(_buffer);
        _received -= used;
        (_payloadStart, _payloadEnd) = (0, 0);
        if (!await FillAsync(SegmentHeader.Size, token))
        {
            return _received == 0 ? false : throw Ended();
        }
        var header = SegmentHeader.Read(_buffer);
        var end = SegmentHeader.Size + header.PayloadLength;
        if (!await FillAsync(end + SegmentCrc32.Size, token))
        {
            throw Ended();
        }
        _crc.Reset();
        _crc.Append(_buffer.AsSpan(SegmentHeader.Size..end));
        _crc.Verify(_buffer.AsSpan(end));
        if (header.IsSelfContained)
        {
            RequireWholeFrames(_buffer.AsSpan(SegmentHeader.Size..end));
        }
        (_payloadStart, _payloadEnd) = (SegmentHeader.Size, end);
        return true;
    }

    /// <summary>A self-contained segment holds whole frames and nothing else.</summary>
    private static void RequireWholeFrames(ReadOnlySpan<byte> payload)
    {
        while (payload.Length > 0)
        {
            var length = payload.Length < FrameHeader.Size ? int.MaxValue : (long)FrameHeader.Size + FrameHeader.Read(payload).BodyLength;
            if (length > payload.Length)
            {
                throw new CqlProtocolException("A self-contained segment ends within a frame.");
            }
            payload = payload[(int)length..];
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> FillAsync(int wanted, CancellationToken token)
    {
        while (_received < wanted)
        {
            var count = await stream.ReadAsync(_buffer.AsMemory(_received), token);
            if (count == 0)
            {
                return false;
            }
            _received += count;
        }
        return true;
    }

    private static CqlProtocolException Ended() => new("The stream ended within a segment.");
}
