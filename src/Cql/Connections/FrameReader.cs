using System.Runtime.CompilerServices;
using S3Cassandra.Cql.Buffers;
using S3Cassandra.Cql.Protocol;

namespace S3Cassandra.Cql.Connections;

/// <summary>
/// Cuts a stream into frames. Small bodies are copied out of one read of many; a large body is received straight into the memory that
/// its caller will read it from.
/// </summary>
internal sealed class FrameReader(Stream stream, ProtocolVersion version, int maxFrameLength)
{
    private const int BufferSize = 32 * 1024;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferSize, pinned: true);
    private Stream _stream = stream;
    private int _start;
    private int _end;

    /// <summary>Bytes received so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>From the next byte on frames come in segments (v5): a byte that came before its time belongs to neither.</summary>
    public void Switch(Stream segments)
    {
        if (_start != _end)
        {
            throw new CqlProtocolException("The node sent more than it was asked for during the handshake.");
        }
        _stream = segments;
    }

    /// <summary>The next frame; null when the stream ended between two frames.</summary>
    /// <exception cref="CqlProtocolException">What came is no frame of this protocol, or the stream ended within one.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<(FrameHeader Header, PooledBuffer Body)?> ReadAsync(CancellationToken token)
    {
        while (_end - _start < FrameHeader.Size)
        {
            if (!await FillAsync(token))
            {
                return _start == _end ? null : throw Ended();
            }
        }
        var header = Accept(FrameHeader.Read(_buffer.AsSpan(_start)));
        _start += FrameHeader.Size;
        if (header.BodyLength <= _end - _start)
        {
            var small = BufferPool.Rent(header.BodyLength);
            _buffer.AsSpan(_start, header.BodyLength).CopyTo(small.Span);
            _start += header.BodyLength;
            return (header, small);
        }
        return (header, await ReadBodyAsync(header.BodyLength, token));
    }

    /// <summary>A frame that lies whole in what has been read already: the way of many small answers in one read, without an await each.</summary>
    public bool TryRead(out FrameHeader header, out PooledBuffer? body)
    {
        (header, body) = (default, null);
        if (_end - _start < FrameHeader.Size)
        {
            return false;
        }
        header = Accept(FrameHeader.Read(_buffer.AsSpan(_start)));
        if (header.BodyLength > _end - _start - FrameHeader.Size)
        {
            return false;
        }
        body = BufferPool.Rent(header.BodyLength);
        _buffer.AsSpan(_start + FrameHeader.Size, header.BodyLength).CopyTo(body.Span);
        _start += FrameHeader.Size + header.BodyLength;
        return true;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<PooledBuffer> ReadBodyAsync(int length, CancellationToken token)
    {
        // Beyond the largest size that is kept the memory grows with what arrives: a declared length alone costs nothing.
        var body = BufferPool.Rent(Math.Min(length, BufferPool.LargestKept));
        try
        {
            var have = Math.Min(_end - _start, body.Length);
            _buffer.AsSpan(_start, have).CopyTo(body.Span);
            _start += have;
            while (have < length)
            {
                if (have == body.Length)
                {
                    body = Grow(body, length);
                }
                have += await ReceiveAsync(body.Memory[have..], token) is var count and > 0 ? count : throw Ended();
            }
            return body;
        }
        catch
        {
            body.Release();
            throw;
        }
    }

    private static PooledBuffer Grow(PooledBuffer body, int length)
    {
        var larger = BufferPool.Rent((int)Math.Min(length, body.Length * 2L));
        body.Span.CopyTo(larger.Span);
        body.Release();
        return larger;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> FillAsync(CancellationToken token)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }
        var count = await ReceiveAsync(_buffer.AsMemory(_end), token);
        _end += count;
        return count > 0;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReceiveAsync(Memory<byte> destination, CancellationToken token)
    {
        var count = await _stream.ReadAsync(destination, token);
        BytesRead += count;
        return count;
    }

    private FrameHeader Accept(FrameHeader header)
    {
        if (!header.IsResponse)
        {
            throw new CqlProtocolException($"A frame's first byte says that it is a request (0x{(byte)header.Version:X2}): what answers is no Cassandra node.");
        }
        // An ERROR during the negotiation may carry another version than was asked for.
        if (header.Version != version && header.Opcode != Opcode.Error)
        {
            throw new CqlProtocolException($"A frame of protocol version {(byte)header.Version} came on a connection of version {(byte)version}.");
        }
        // In v5 the bit means nothing: there compression is the segments'.
        if ((header.Flags & FrameFlags.Compressed) != 0 && version < ProtocolVersion.V5)
        {
            throw new CqlProtocolException("A frame is compressed, which nobody asked for.");
        }
        return header.BodyLength <= maxFrameLength
            ? header
            : throw new CqlProtocolException($"A frame declares {header.BodyLength} bytes; this client takes at most {maxFrameLength}.");
    }

    private static CqlProtocolException Ended() => new("The stream ended within a frame.");
}
