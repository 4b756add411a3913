using S3Cassandra.Cql.Buffers;

namespace S3Cassandra.Cql.Connections;

/// <summary>Frames as they are: small ones gathered into one write, large values straight from the memory that the frame names.</summary>
internal sealed class PlainFraming(Stream stream) : IFraming
{
    private const int BufferSize = 32 * 1024;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferSize, pinned: true);
    private int _buffered;

    public long BytesWritten { get; private set; }

    public bool TryBuffer(FrameBuffer frame)
    {
        if (frame.Length > BufferSize - _buffered || !frame.References.IsEmpty)
        {
            return false;
        }
        frame.OwnSpan.CopyTo(_buffer.AsSpan(_buffered));
        _buffered += frame.Length;
        return true;
    }

    public async ValueTask WriteAsync(FrameBuffer frame, CancellationToken token)
    {
        var from = 0;
        for (var i = 0; i < frame.References.Length; i++)
        {
            var reference = frame.References[i];
            await WriteAsync(frame.OwnMemory[from..reference.At], token);
            await WriteAsync(reference.Memory, token);
            from = reference.At;
        }
        await WriteAsync(frame.OwnMemory[from..], token);
    }

    public async ValueTask FlushAsync(CancellationToken token)
    {
        if (_buffered == 0)
        {
            return;
        }
        var count = _buffered;
        await stream.WriteAsync(_buffer.AsMemory(0, count), token);
        _buffered = 0;
        BytesWritten += count;
    }

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken token)
    {
        if (bytes.Length > BufferSize - _buffered)
        {
            await FlushAsync(token);
        }
        if (bytes.Length <= BufferSize - _buffered)
        {
            bytes.Span.CopyTo(_buffer.AsSpan(_buffered));
            _buffered += bytes.Length;
            return;
        }
        await stream.WriteAsync(bytes, token);
        BytesWritten += bytes.Length;
    }
}
