using System.Buffers.Binary;
using System.Text;

namespace S3Cassandra.Auth.Sessions;

/// <summary>Unpacks what <see cref="SessionWriter"/> packed. Only text that was sealed here comes this far; still every read is bounded.</summary>
internal ref struct SessionReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte Byte() => Take(1)[0];

    public long Number() => BinaryPrimitives.ReadInt64BigEndian(Take(sizeof(long)));

    public int Count() => BinaryPrimitives.ReadUInt16BigEndian(Take(sizeof(ushort)));

    public string Text() => Encoding.UTF8.GetString(Take(Count()));

    /// <exception cref="InvalidDataException">There are not so many.</exception>
    public ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            throw new InvalidDataException("A session ends too early.");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
