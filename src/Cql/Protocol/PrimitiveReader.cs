using System.Buffers.Binary;
using System.Net;
using System.Text;
using System.Text.Unicode;

namespace S3Cassandra.Cql.Protocol;

/// <summary>
/// The notations of native_protocol_v4.spec, section 3, read from a frame's body. Whatever runs over the end, or counts more than what is
/// there could hold, throws <see cref="CqlProtocolException"/>; nothing is allocated by a declared size.
/// </summary>
internal ref struct PrimitiveReader(ReadOnlySpan<byte> source)
{
    private readonly ReadOnlySpan<byte> _source = source;
    private int _at;

    /// <summary>Where the next byte is read from.</summary>
    public readonly int Position => _at;

    public readonly int Remaining => _source.Length - _at;

    public ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)Remaining)
        {
            throw Truncated(count);
        }
        var taken = _source.Slice(_at, count);
        _at += count;
        return taken;
    }

    public byte Byte() => Take(1)[0];

    public ushort Short() => BinaryPrimitives.ReadUInt16BigEndian(Take(sizeof(ushort)));

    public int Int() => BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int)));

    public long Long() => BinaryPrimitives.ReadInt64BigEndian(Take(sizeof(long)));

    public Consistency Consistency() => (Consistency)Short();

    public Guid Uuid() => new(Take(16), bigEndian: true);

    public string String() => Text(Take(Short()));

    /// <summary>A [string] that comes again and again (of a keyspace, table or column): the same object for the same name, as a rule.</summary>
    public string Name() => NameCache.Get(Take(Short()));

    public string LongString() => Text(Take(NotNegative(Int())));

    /// <summary>[bytes]; <paramref name="isNull"/> when the length is negative.</summary>
    public ReadOnlySpan<byte> Bytes(out bool isNull)
    {
        var length = Int();
        isNull = length < 0;
        return isNull ? default : Take(length);
    }

    /// <summary>[bytes] copied; null when the length is negative.</summary>
    public byte[]? NullableBytes()
    {
        var bytes = Bytes(out var isNull);
        return isNull ? null : bytes.ToArray();
    }

    /// <summary>[value]: as [bytes], with null and unset told apart.</summary>
    public ReadOnlySpan<byte> Value(out ValueState state)
    {
        var length = Int();
        state = length switch
        {
            >= 0 => ValueState.Present,
            -1 => ValueState.Null,
            -2 => ValueState.Unset,
            _ => throw new CqlProtocolException($"A value has the length {length}."),
        };
        return length >= 0 ? Take(length) : default;
    }

    public ReadOnlySpan<byte> ShortBytes() => Take(Short());

    public string[] StringList()
    {
        var list = new string[Count(Short(), sizeof(ushort))];
        for (var i = 0; i < list.Length; i++)
        {
            list[i] = String();
        }
        return list;
    }

    public KeyValuePair<string, string>[] StringMap()
    {
        var map = new KeyValuePair<string, string>[Count(Short(), 2 * sizeof(ushort))];
        for (var i = 0; i < map.Length; i++)
        {
            map[i] = new(String(), String());
        }
        return map;
    }

    public KeyValuePair<string, string[]>[] StringMultimap()
    {
        var map = new KeyValuePair<string, string[]>[Count(Short(), 2 * sizeof(ushort))];
        for (var i = 0; i < map.Length; i++)
        {
            map[i] = new(String(), StringList());
        }
        return map;
    }

    public IPEndPoint Inet()
    {
        var address = InetAddress();
        var port = Int();
        return port is >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort
            ? new IPEndPoint(address, port)
            : throw new CqlProtocolException($"An address has the port {port}.");
    }

    public IPAddress InetAddress()
    {
        var length = Byte();
        return length is 4 or 16 ? new IPAddress(Take(length)) : throw new CqlProtocolException($"An address of {length} bytes is neither IPv4 nor IPv6.");
    }

    /// <summary>A declared number of things that take at least <paramref name="smallest"/> bytes each, refused when the rest cannot hold them.</summary>
    public readonly int Count(int declared, int smallest) =>
        declared >= 0 && (long)declared * smallest <= Remaining
            ? declared
            : throw new CqlProtocolException($"{declared} elements of {smallest} bytes or more are declared where {Remaining} bytes are left.");

    private static int NotNegative(int length) => length >= 0 ? length : throw new CqlProtocolException($"A length is {length}.");

    internal static string Text(ReadOnlySpan<byte> utf8) =>
        Utf8.IsValid(utf8) ? Encoding.UTF8.GetString(utf8) : throw new CqlProtocolException("A string is not UTF-8.");

    private readonly CqlProtocolException Truncated(int count) => new($"{count} bytes are declared where {Remaining} are left.");
}
