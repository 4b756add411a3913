using System.Buffers.Binary;
using System.Net;
using System.Text;
using S3Cassandra.Cql.Buffers;

namespace S3Cassandra.Cql.Protocol;

/// <summary>The notations of native_protocol_v4.spec, section 3, written to a frame's buffer; all integers big-endian.</summary>
internal readonly ref struct PrimitiveWriter(FrameBuffer buffer)
{
    public FrameBuffer Buffer { get; } = buffer;

    public void Byte(byte value) => Buffer.Take(1)[0] = value;

    /// <summary>[short], unsigned.</summary>
    public void Short(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Buffer.Take(sizeof(ushort)), value);

    public void Int(int value) => BinaryPrimitives.WriteInt32BigEndian(Buffer.Take(sizeof(int)), value);

    public void Long(long value) => BinaryPrimitives.WriteInt64BigEndian(Buffer.Take(sizeof(long)), value);

    public void Consistency(Consistency value) => Short((ushort)value);

    public void Uuid(Guid value) => value.TryWriteBytes(Buffer.Take(16), bigEndian: true, out _);

    /// <summary>[string]: at most 65,535 bytes of UTF-8.</summary>
    public void String(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Short(checked((ushort)length));
        Encoding.UTF8.GetBytes(value, Buffer.Take(length));
    }

    public void LongString(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Int(length);
        Encoding.UTF8.GetBytes(value, Buffer.Take(length));
    }

    /// <summary>[bytes] of memory that is copied.</summary>
    public void Bytes(ReadOnlySpan<byte> value)
    {
        Int(value.Length);
        Buffer.Append(value);
    }

    /// <summary>[bytes] of memory that is named when it is large: it must stay as it is until the request has ended.</summary>
    public void Bytes(ReadOnlyMemory<byte> value)
    {
        Int(value.Length);
        Buffer.Append(value);
    }

    /// <summary>[bytes] or [value] null.</summary>
    public void Null() => Int(-1);

    /// <summary>[value] unset: the column stays as it is.</summary>
    public void Unset() => Int(-2);

    /// <summary>[bytes], where null has the length -1.</summary>
    public void NullableBytes(byte[]? value)
    {
        if (value is null)
        {
            Null();
        }
        else
        {
            Bytes(value.AsSpan());
        }
    }

    public void ShortBytes(ReadOnlySpan<byte> value)
    {
        Short(checked((ushort)value.Length));
        Buffer.Append(value);
    }

    public void StringList(IReadOnlyCollection<string> values)
    {
        Short(checked((ushort)values.Count));
        foreach (var value in values)
        {
            String(value);
        }
    }

    public void StringMap(IReadOnlyCollection<KeyValuePair<string, string>> values)
    {
        Short(checked((ushort)values.Count));
        foreach (var (key, value) in values)
        {
            String(key);
            String(value);
        }
    }

    /// <summary>[inet]: a length, the address, and the port as an [int].</summary>
    public void Inet(IPEndPoint value)
    {
        InetAddress(value.Address);
        Int(value.Port);
    }

    /// <summary>[inetaddr].</summary>
    public void InetAddress(IPAddress value)
    {
        var bytes = value.GetAddressBytes();
        Byte((byte)bytes.Length);
        Buffer.Append(bytes);
    }
}
