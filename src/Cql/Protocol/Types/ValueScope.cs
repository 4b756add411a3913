using System.Buffers.Binary;
using S3Cassandra.Cql.Buffers;

namespace S3Cassandra.Cql.Protocol.Types;

/// <summary>A [value] whose length is known only when its elements have been written: the length's place is kept and filled in at the end.</summary>
internal readonly ref struct ValueScope
{
    private readonly FrameBuffer _buffer;
    private readonly int _lengthAt;
    private readonly int _begin;

    public ValueScope(PrimitiveWriter writer)
    {
        _buffer = writer.Buffer;
        _lengthAt = _buffer.OwnLength;
        writer.Int(0);
        _begin = _buffer.Length;
    }

    public void End() => BinaryPrimitives.WriteInt32BigEndian(_buffer.OwnRange(_lengthAt, sizeof(int)), _buffer.Length - _begin);
}
