using System.Buffers.Binary;
using System.Text;

namespace S3Cassandra.Storage.Packing;

/// <summary>Reads what <see cref="PackedWriter"/> wrote; whatever does not fit is <see cref="CorruptDataException"/>.</summary>
internal ref struct PackedReader(ReadOnlySpan<byte> record)
{
    private readonly ReadOnlySpan<byte> _record = record;
    private int _position;

    public readonly int Position => _position;

    public readonly bool AtEnd => _position == _record.Length;

    public byte Byte() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(sizeof(ushort)));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64BigEndian(Take(sizeof(ulong)));

    public UInt128 UInt128() => BinaryPrimitives.ReadUInt128BigEndian(Take(16));

    public Guid Guid() => new(Take(16));

    /// <summary>LEB128.</summary>
    public ulong Number()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Byte();
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw Corrupt();
    }

    /// <summary>A number of things of at least one byte each.</summary>
    public int Count()
    {
        var count = Number();
        return count <= (ulong)(_record.Length - _position) ? (int)count : throw Corrupt();
    }

    public int Int32()
    {
        var value = Number();
        return value <= int.MaxValue ? (int)value : throw Corrupt();
    }

    public long Int64()
    {
        var value = Number();
        return value <= long.MaxValue ? (long)value : throw Corrupt();
    }

    public ReadOnlySpan<byte> Raw(int count) => Take(count);

    public ReadOnlySpan<byte> Bytes() => Take(Count());

    public string Text() => Encoding.UTF8.GetString(Bytes());

    public string? OptionalText()
    {
        var length = Number();
        return length switch
        {
            0 => null,
            _ when length - 1 <= (ulong)(_record.Length - _position) => Encoding.UTF8.GetString(Take((int)length - 1)),
            _ => throw Corrupt(),
        };
    }

    public void Skip(int count) => Take(count);

    private static CorruptDataException Corrupt() => new("A stored record is cut short or malformed.");

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || _record.Length - _position < count)
        {
            throw Corrupt();
        }

        var taken = _record.Slice(_position, count);
        _position += count;
        return taken;
    }
}
