using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace S3Cassandra.Auth.Sessions;

/// <summary>Packs a session's fields: texts and lists with their length in front, in 16 bits.</summary>
internal sealed class SessionWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);

    public int Length => _buffer.WrittenCount;

    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    public void Byte(byte value) => Raw([value]);

    public void Raw(ReadOnlySpan<byte> bytes) => _buffer.Write(bytes);

    public void Number(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(_buffer.GetSpan(sizeof(long)), value);
        _buffer.Advance(sizeof(long));
    }

    public void Count(int value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_buffer.GetSpan(sizeof(ushort)), checked((ushort)value));
        _buffer.Advance(sizeof(ushort));
    }

    public void Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Count(bytes.Length);
        Raw(bytes);
    }
}
