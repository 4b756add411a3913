using S3Cassandra.Cql.Buffers;
using S3Cassandra.Cql.Protocol;

namespace S3Cassandra.Cql.Connections;

/// <summary>
/// v5 (native_protocol_v5.spec, section 2.2): small frames share a self-contained segment; a large one goes over consecutive segments of
/// its own. Values that the frame names are sent from where they lie: between them go only the segments' headers and checksums.
/// </summary>
internal sealed class SegmentFraming(Stream stream) : IFraming
{
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(SegmentHeader.Size + SegmentHeader.MaxPayload + SegmentCrc32.Size, pinned: true);
    private readonly byte[] _edge = GC.AllocateUninitializedArray<byte>(SegmentCrc32.Size + SegmentHeader.Size, pinned: true);
    private readonly SegmentCrc32 _crc = new();
    private int _buffered;
    private int _segmentLeft;
    private int _frameLeft;

    public long BytesWritten { get; private set; }

    public bool TryBuffer(FrameBuffer frame)
    {
        if (frame.Length > SegmentHeader.MaxPayload - _buffered || !frame.References.IsEmpty)
        {
            return false;
        }
        frame.OwnSpan.CopyTo(_buffer.AsSpan(SegmentHeader.Size + _buffered));
        _buffered += frame.Length;
        return true;
    }

    public async ValueTask WriteAsync(FrameBuffer frame, CancellationToken token)
    {
        await FlushAsync(token);
        if (TryBuffer(frame))
        {
            return;
        }
        _frameLeft = frame.Length;
        var from = 0;
        for (var i = 0; i < frame.References.Length; i++)
        {
            var reference = frame.References[i];
            await WriteSliceAsync(frame.OwnMemory[from..reference.At], token);
            await WriteSliceAsync(reference.Memory, token);
            from = reference.At;
        }
        await WriteSliceAsync(frame.OwnMemory[from..], token);
    }

    public async ValueTask FlushAsync(CancellationToken token)
    {
        if (_buffered == 0)
        {
            return;
        }
        new SegmentHeader(_buffered, IsSelfContained: true).Write(_buffer);
        _crc.Reset();
        _crc.Append(_buffer.AsSpan(SegmentHeader.Size, _buffered));
        _crc.Write(_buffer.AsSpan(SegmentHeader.Size + _buffered));
        var count = SegmentHeader.Size + _buffered + SegmentCrc32.Size;
        _buffered = 0;
        await SendAsync(_buffer.AsMemory(0, count), token);
    }

    /// <summary>Some of a large frame's bytes: segments begin and end wherever their size says, not where the slices do.</summary>
    private async ValueTask WriteSliceAsync(ReadOnlyMemory<byte> slice, CancellationToken token)
    {
        while (slice.Length > 0)
        {
            if (_segmentLeft == 0)
            {
                _segmentLeft = Math.Min(_frameLeft, SegmentHeader.MaxPayload);
                new SegmentHeader(_segmentLeft, IsSelfContained: false).Write(_edge);
                await SendAsync(_edge.AsMemory(0, SegmentHeader.Size), token);
                _crc.Reset();
            }
            var part = slice[..Math.Min(slice.Length, _segmentLeft)];
            _crc.Append(part.Span);
            await SendAsync(part, token);
            slice = slice[part.Length..];
            _segmentLeft -= part.Length;
            _frameLeft -= part.Length;
            if (_segmentLeft == 0)
            {
                _crc.Write(_edge);
                await SendAsync(_edge.AsMemory(0, SegmentCrc32.Size), token);
            }
        }
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken token)
    {
        await stream.WriteAsync(bytes, token);
        BytesWritten += bytes.Length;
    }
}
