using System.Buffers.Binary;
using System.Net;
using S3Cassandra.Cql.Buffers;
using S3Cassandra.Cql.Protocol;
using S3Cassandra.Cql.Protocol.Types;

namespace S3Cassandra.Cql.Statements;

/// <summary>
/// A prepared statement with its values: one call per marker, in the markers' order, each checked against the marker's type. It comes from
/// a pool and goes back by <see cref="Dispose"/>; after that it is not to be touched.
/// </summary>
public sealed class BoundStatement : Statement, IDisposable
{
    private readonly KeyPart[] _key;
    private int _count;
    private int _keyParts;
    private bool _isBroken;
    private int _returned = 1;

    internal BoundStatement(PreparedStatement prepared)
    {
        Prepared = prepared;
        _key = new KeyPart[prepared.PartitionKeyComponents];
    }

    public PreparedStatement Prepared { get; }

    public override bool IsConditional => Prepared.IsConditional;

    public override string? Keyspace => Prepared.Keyspace;

    /// <summary>The values as they go over the wire.</summary>
    internal FrameBuffer Values { get; } = new();

    internal int ValueCount => _count;

    internal override StatementKind Kind => Prepared.Kind;

    internal override string LogText => Prepared.Cql;

    internal override int Size => Values.Length;

    /// <summary>A single component stands for itself; several come as <c>length:u16 | bytes | 00</c> each.</summary>
    internal override int RoutingKeyLength
    {
        get
        {
            if (_keyParts < _key.Length || _key.Length == 0)
            {
                return 0;
            }
            if (_key.Length == 1)
            {
                return _key[0].Length;
            }
            var length = 0;
            foreach (var part in _key)
            {
                length += sizeof(ushort) + part.Length + 1;
            }
            return length;
        }
    }

    public BoundStatement Int(int value)
    {
        IntCodec.Write(Next(CqlTypeCode.Int), value);
        return Written();
    }

    /// <summary>For bigint and counter.</summary>
    public BoundStatement Bigint(long value)
    {
        BigintCodec.Write(Next(CqlTypeCode.Bigint, CqlTypeCode.Counter), value);
        return Written();
    }

    public BoundStatement Smallint(short value)
    {
        SmallintCodec.Write(Next(CqlTypeCode.Smallint), value);
        return Written();
    }

    public BoundStatement Tinyint(sbyte value)
    {
        TinyintCodec.Write(Next(CqlTypeCode.Tinyint), value);
        return Written();
    }

    public BoundStatement Boolean(bool value)
    {
        BooleanCodec.Write(Next(CqlTypeCode.Boolean), value);
        return Written();
    }

    /// <summary>For text and ascii.</summary>
    public BoundStatement Text(string value)
    {
        TextCodec.Write(Next(CqlTypeCode.Text, CqlTypeCode.Ascii), value);
        return Written();
    }

    /// <summary>A blob that is sent from the caller's memory when it has 16 KiB or more: it must stay as it is until the statement has been executed.</summary>
    public BoundStatement Blob(ReadOnlyMemory<byte> value)
    {
        var writer = Next(CqlTypeCode.Blob);
        if (Prepared.KeyComponent(_count) >= 0)
        {
            // The routing key is read from this buffer.
            writer.Bytes(value.Span);
        }
        else
        {
            writer.Bytes(value);
        }
        return Written();
    }

    /// <summary>A blob that is copied.</summary>
    public BoundStatement BlobCopy(ReadOnlySpan<byte> value)
    {
        Next(CqlTypeCode.Blob).Bytes(value);
        return Written();
    }

    /// <summary>For uuid and timeuuid.</summary>
    public BoundStatement Uuid(Guid value)
    {
        UuidCodec.Write(Next(CqlTypeCode.Uuid, CqlTypeCode.Timeuuid), value);
        return Written();
    }

    /// <summary>For timestamp. Milliseconds are kept, what is finer is cut off.</summary>
    public BoundStatement Instant(DateTimeOffset value)
    {
        TimestampCodec.Write(Next(CqlTypeCode.Timestamp), value);
        return Written();
    }

    public BoundStatement Inet(IPAddress value)
    {
        InetCodec.Write(Next(CqlTypeCode.Inet), value);
        return Written();
    }

    /// <summary>Elements of the types of the methods above: int, long, string, Guid, ReadOnlyMemory&lt;byte&gt; and so on.</summary>
    public BoundStatement List<T>(IReadOnlyCollection<T> values) => Elements(CqlTypeCode.List, values);

    /// <inheritdoc cref="List{T}"/>
    public BoundStatement Set<T>(IReadOnlyCollection<T> values) => Elements(CqlTypeCode.Set, values);

    /// <inheritdoc cref="List{T}"/>
    public BoundStatement Map<TKey, TValue>(IReadOnlyCollection<KeyValuePair<TKey, TValue>> values)
    {
        var writer = Next(CqlTypeCode.Map);
        var types = Prepared.Parameters[_count].Type.Arguments;
        var scope = new ValueScope(writer);
        writer.Int(values.Count);
        foreach (var (key, value) in values)
        {
            ElementCodec.Write(writer, key, types[0]);
            ElementCodec.Write(writer, value, types[1]);
        }
        scope.End();
        return Written();
    }

    /// <inheritdoc cref="List{T}"/>
    public BoundStatement Tuple<T1, T2>(T1 first, T2 second)
    {
        var writer = Next(CqlTypeCode.Tuple);
        var types = TupleTypes(2);
        var scope = new ValueScope(writer);
        ElementCodec.Write(writer, first, types[0]);
        ElementCodec.Write(writer, second, types[1]);
        scope.End();
        return Written();
    }

    /// <inheritdoc cref="List{T}"/>
    public BoundStatement Tuple<T1, T2, T3>(T1 first, T2 second, T3 third)
    {
        var writer = Next(CqlTypeCode.Tuple);
        var types = TupleTypes(3);
        var scope = new ValueScope(writer);
        ElementCodec.Write(writer, first, types[0]);
        ElementCodec.Write(writer, second, types[1]);
        ElementCodec.Write(writer, third, types[2]);
        scope.End();
        return Written();
    }

    /// <summary>A null, which deletes the column's value and leaves a tombstone.</summary>
    public BoundStatement Null()
    {
        Next().Null();
        return Written();
    }

    /// <summary>No value: the column stays as it is, without a tombstone. Not for columns of the primary key.</summary>
    public BoundStatement Unset()
    {
        Next().Unset();
        return Written();
    }

    /// <summary>A value of any type, as its bytes are on the wire (native_protocol_v4.spec, section 6); they are not checked.</summary>
    public BoundStatement Encoded(ReadOnlySpan<byte> value)
    {
        Next().Bytes(value);
        return Written();
    }

    /// <summary>Gives the statement back; its values are forgotten.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _returned, 1) != 0)
        {
            return;
        }
        Values.Reset();
        _count = 0;
        _keyParts = 0;
        _isBroken = false;
        ResetOptions();
        Prepared.Return(this);
    }

    internal void Lend() => Volatile.Write(ref _returned, 0);

    /// <exception cref="InvalidOperationException">Values are missing, or the statement was given back.</exception>
    internal void ThrowIfIncomplete()
    {
        ThrowIfReturned();
        if (_isBroken || _count < Prepared.Parameters.Count)
        {
            throw new InvalidOperationException(
                $"Marker {_count} ({Prepared.Parameters[_count].Name}) of {Prepared.Parameters.Count} has no value: {Prepared.Cql}");
        }
    }

    internal override void WriteRoutingKey(Span<byte> destination)
    {
        var values = Values.OwnSpan;
        if (_key.Length == 1)
        {
            values.Slice(_key[0].At, _key[0].Length).CopyTo(destination);
            return;
        }
        foreach (var part in _key)
        {
            BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)part.Length);
            values.Slice(part.At, part.Length).CopyTo(destination[sizeof(ushort)..]);
            destination[sizeof(ushort) + part.Length] = 0;
            destination = destination[(sizeof(ushort) + part.Length + 1)..];
        }
    }

    /// <summary>Begins the next marker's value, whose type must be one of two.</summary>
    private PrimitiveWriter Next(CqlTypeCode given, CqlTypeCode other = CqlTypeCode.Custom)
    {
        var writer = Next();
        var marker = Prepared.Parameters[_count];
        var wanted = marker.Type.Code;
        return wanted == given || (wanted == other && other != CqlTypeCode.Custom)
            ? writer
            : throw new ArgumentException($"Marker {_count} ({marker.Name}) is a {marker.Type}, but a {CqlType.Scalar(given)} was given: {Prepared.Cql}");
    }

    private BoundStatement Elements<T>(CqlTypeCode given, IReadOnlyCollection<T> values)
    {
        var writer = Next(given);
        var type = Prepared.Parameters[_count].Type.Arguments[0];
        var scope = new ValueScope(writer);
        writer.Int(values.Count);
        foreach (var value in values)
        {
            ElementCodec.Write(writer, value, type);
        }
        scope.End();
        return Written();
    }

    private IReadOnlyList<CqlType> TupleTypes(int given)
    {
        var type = Prepared.Parameters[_count].Type;
        return type.Arguments.Count == given
            ? type.Arguments
            : throw new ArgumentException($"Marker {_count} ({Prepared.Parameters[_count].Name}) is a {type}, but a tuple of {given} was given: {Prepared.Cql}");
    }

    private PrimitiveWriter Next()
    {
        ThrowIfReturned();
        if (_isBroken)
        {
            throw new InvalidOperationException($"A value of this statement could not be written: {Prepared.Cql}");
        }
        if (_count >= Prepared.Parameters.Count)
        {
            throw new ArgumentException($"A value too many: the statement has {Prepared.Parameters.Count} markers: {Prepared.Cql}");
        }
        if (Prepared.KeyComponent(_count) is var component and >= 0)
        {
            _key[component] = new KeyPart(Values.OwnLength + sizeof(int), 0);
        }
        _isBroken = true;
        return new PrimitiveWriter(Values);
    }

    private BoundStatement Written()
    {
        if (Prepared.KeyComponent(_count) is var component and >= 0)
        {
            var at = _key[component].At;
            var length = Values.OwnLength - at;

            // Null and unset have no bytes after their length; an empty or oversized component belongs to no partition: the node says so.
            var isValue = length is > 0 and <= ushort.MaxValue;
            _key[component] = new KeyPart(at, isValue ? length : 0);
            _keyParts += isValue ? 1 : 0;
        }
        _count++;
        _isBroken = false;
        return this;
    }

    private void ThrowIfReturned() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _returned) != 0, this);

    private readonly record struct KeyPart(int At, int Length);
}
