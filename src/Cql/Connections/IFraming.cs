using S3Cassandra.Cql.Buffers;

namespace S3Cassandra.Cql.Connections;

/// <summary>How frames become the bytes of a stream: as they are (v4, and every handshake), or in segments (v5).</summary>
internal interface IFraming
{
    /// <summary>Bytes written to the stream so far.</summary>
    long BytesWritten { get; }

    /// <summary>Copies a small frame to the bytes to be sent; false when it is not small or finds no room.</summary>
    bool TryBuffer(FrameBuffer frame);

    /// <summary>Writes a frame of any size. When it returns the frame's memory is not looked at any more.</summary>
    ValueTask WriteAsync(FrameBuffer frame, CancellationToken token);

    /// <summary>Sends what was buffered.</summary>
    ValueTask FlushAsync(CancellationToken token);
}
