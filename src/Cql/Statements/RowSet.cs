using System.Net;
using S3Cassandra.Cql.Buffers;
using S3Cassandra.Cql.Protocol;
using S3Cassandra.Cql.Protocol.Responses;
using S3Cassandra.Cql.Protocol.Types;

namespace S3Cassandra.Cql.Statements;

/// <summary>
/// The rows of one answer (of one page), read one after the other from the memory that they arrived in: nothing is decoded before it is
/// asked for. Dispose it when done: until then the memory is its own, and blobs that it returned are slices of it. For one reader at a time.
/// </summary>
public sealed class RowSet : IDisposable
{
    private readonly ColumnSpec[] _columns;
    private readonly int _columnCount;
    private readonly int _firstRowAt;
    private PooledBuffer? _body;
    private int _rowsLeft;

    // Where the current row begins; a cell within it, by number and place; where the next row begins once that is known.
    private int _rowAt = -1;
    private int _cell;
    private int _cellAt;
    private int _nextRowAt;
    private bool _isDisposed;

    internal RowSet(PooledBuffer body, in RowsResult rows, IReadOnlyList<string>? warnings)
    {
        _body = body;
        _columns = rows.Metadata.Columns;
        _columnCount = rows.Metadata.ColumnCount;
        _rowsLeft = rows.RowCount;
        _firstRowAt = _nextRowAt = rows.RowsAt;
        Count = rows.RowCount;
        PagingState = rows.Metadata.PagingState;
        Warnings = warnings ?? [];
    }

    private RowSet(IReadOnlyList<string> warnings)
    {
        _columns = [];
        Warnings = warnings;
        IsShared = warnings.Count == 0;
    }

    /// <summary>What comes of a statement that returns nothing. Disposing it does nothing.</summary>
    internal static RowSet Nothing { get; } = new([]);

    public IReadOnlyList<ColumnSpec> Columns => _columns;

    /// <summary>Rows in this page.</summary>
    public int Count { get; }

    /// <summary>Where the next page begins; empty on the last one. Not the number of rows says whether there are more.</summary>
    public ReadOnlyMemory<byte> PagingState { get; }

    public bool HasMorePages => !PagingState.IsEmpty;

    /// <summary>What the node warns of: large batches, many tombstones.</summary>
    public IReadOnlyList<string> Warnings { get; }

    private bool IsShared { get; }

    internal static RowSet WithoutRows(IReadOnlyList<string>? warnings) => warnings is null or [] ? Nothing : new RowSet(warnings);

    /// <summary>Goes to the next row, the first at first; false after the last.</summary>
    /// <exception cref="CqlProtocolException">The answer's bytes are not those of its rows.</exception>
    public bool Read()
    {
        if (_body is null)
        {
            ThrowIfDisposed();
            return false;
        }
        if (_rowsLeft == 0)
        {
            _rowAt = -1;
            return false;
        }
        if (_rowAt >= 0)
        {
            _nextRowAt = Find(_columnCount);
        }
        _rowsLeft--;
        (_rowAt, _cell, _cellAt) = (_nextRowAt, 0, _nextRowAt);
        return true;
    }

    /// <summary>The column of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public int IndexOf(string name) =>
        TryIndexOf(name) is var index and >= 0
            ? index
            : throw new ArgumentException($"There is no column {name}; there are {string.Join(", ", _columns.Select(column => column.Name))}.");

    /// <summary>The column of a name; -1 where there is none.</summary>
    public int TryIndexOf(string name)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            if (string.Equals(_columns[i].Name, name, StringComparison.Ordinal))
            {
                return i;
            }
        }
        return -1;
    }

    public bool IsNull(int column)
    {
        _ = Cell(column, out var isNull);
        return isNull;
    }

    public int GetInt(int column) => IntCodec.Read(Cell(column, CqlTypeCode.Int));

    /// <summary>Of a bigint or a counter.</summary>
    public long GetBigint(int column) => BigintCodec.Read(Cell(column, CqlTypeCode.Bigint, CqlTypeCode.Counter));

    public short GetSmallint(int column) => SmallintCodec.Read(Cell(column, CqlTypeCode.Smallint));

    public sbyte GetTinyint(int column) => TinyintCodec.Read(Cell(column, CqlTypeCode.Tinyint));

    public bool GetBoolean(int column) => BooleanCodec.Read(Cell(column, CqlTypeCode.Boolean));

    /// <summary>Of a text or ascii.</summary>
    public string GetText(int column) => TextCodec.Read(Cell(column, CqlTypeCode.Text, CqlTypeCode.Ascii));

    /// <summary>Of a uuid or timeuuid.</summary>
    public Guid GetUuid(int column) => UuidCodec.Read(Cell(column, CqlTypeCode.Uuid, CqlTypeCode.Timeuuid));

    public DateTimeOffset GetTimestamp(int column) => TimestampCodec.Read(Cell(column, CqlTypeCode.Timestamp));

    public IPAddress GetInet(int column) => InetCodec.Read(Cell(column, CqlTypeCode.Inet));

    /// <summary>Of a list or set; none for a null, which is what Cassandra makes of an empty one.</summary>
    public IReadOnlyList<T> GetList<T>(int column)
    {
        if (CollectionIsNull(column, CqlTypeCode.List, CqlTypeCode.Set))
        {
            return [];
        }
        var reader = new PrimitiveReader(Cell(column, out _));
        var list = new T[reader.Count(reader.Int(), sizeof(int))];
        for (var i = 0; i < list.Length; i++)
        {
            list[i] = ElementCodec.Read<T>(ref reader, _columns[column].Type.Arguments[0]);
        }
        return list;
    }

    /// <summary>Of a map; empty for a null, which is what Cassandra makes of an empty one.</summary>
    public IReadOnlyDictionary<TKey, TValue> GetMap<TKey, TValue>(int column)
        where TKey : notnull
    {
        var map = new Dictionary<TKey, TValue>();
        if (CollectionIsNull(column, CqlTypeCode.Map, CqlTypeCode.Map))
        {
            return map;
        }
        var types = _columns[column].Type.Arguments;
        var reader = new PrimitiveReader(Cell(column, out _));
        for (var left = reader.Count(reader.Int(), 2 * sizeof(int)); left > 0; left--)
        {
            var key = ElementCodec.Read<TKey>(ref reader, types[0]);
            map[key] = ElementCodec.Read<TValue>(ref reader, types[1]);
        }
        return map;
    }

    /// <summary>Of a tuple of two.</summary>
    public (T1 First, T2 Second) GetTuple<T1, T2>(int column)
    {
        var reader = new PrimitiveReader(Cell(column, CqlTypeCode.Tuple));
        var types = _columns[column].Type.Arguments;
        return (ElementCodec.Read<T1>(ref reader, types[0]), ElementCodec.Read<T2>(ref reader, types[1]));
    }

    /// <summary>Of a tuple of three.</summary>
    public (T1 First, T2 Second, T3 Third) GetTuple<T1, T2, T3>(int column)
    {
        var reader = new PrimitiveReader(Cell(column, CqlTypeCode.Tuple));
        var types = _columns[column].Type.Arguments;
        return (ElementCodec.Read<T1>(ref reader, types[0]), ElementCodec.Read<T2>(ref reader, types[1]), ElementCodec.Read<T3>(ref reader, types[2]));
    }

    /// <summary>A blob where it lies: not after <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> GetBlob(int column)
    {
        var length = Cell(column, CqlTypeCode.Blob).Length;
        return _body!.Memory.Slice(_cellAt + sizeof(int), length);
    }

    /// <summary>A value of any type as its bytes are on the wire; null: none. Not after <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte>? GetEncoded(int column)
    {
        var length = Cell(column, out var isNull).Length;
        return isNull ? null : _body!.Memory.Slice(_cellAt + sizeof(int), length);
    }

    /// <summary>Begins before the first row again.</summary>
    internal void Rewind()
    {
        ThrowIfDisposed();
        (_rowAt, _nextRowAt, _rowsLeft) = (-1, _firstRowAt, Count);
    }

    /// <summary>Gives the memory back. A second call does nothing.</summary>
    public void Dispose()
    {
        if (!IsShared)
        {
            _isDisposed = true;
            _rowAt = -1;
            _rowsLeft = 0;
            Interlocked.Exchange(ref _body, null)?.Release();
        }
    }

    private bool CollectionIsNull(int column, CqlTypeCode type, CqlTypeCode other)
    {
        _ = Cell(column, out var isNull);
        CheckType(column, type, other);
        return isNull;
    }

    private void CheckType(int column, CqlTypeCode type, CqlTypeCode other)
    {
        var actual = _columns[column].Type;
        if (actual.Code != type && (actual.Code != other || other == CqlTypeCode.Custom))
        {
            throw new InvalidOperationException($"Column {_columns[column].Name} is a {actual}, not a {CqlType.Scalar(type)}.");
        }
    }

    private ReadOnlySpan<byte> Cell(int column, CqlTypeCode type, CqlTypeCode other = CqlTypeCode.Custom)
    {
        var cell = Cell(column, out var isNull);
        CheckType(column, type, other);
        return isNull ? throw new InvalidOperationException($"Column {_columns[column].Name} is null; ask IsNull first.") : cell;
    }

    private ReadOnlySpan<byte> Cell(int column, out bool isNull)
    {
        ThrowIfDisposed();
        if (_rowAt < 0)
        {
            throw new InvalidOperationException("There is no current row: call Read first, and look at what it returns.");
        }
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, _columnCount);
        var reader = new PrimitiveReader(_body!.Span[Find(column)..]);
        return reader.Bytes(out isNull);
    }

    /// <summary>Where a cell of the current row begins. Cells read in their order cost one step each.</summary>
    private int Find(int column)
    {
        if (column < _cell)
        {
            (_cell, _cellAt) = (0, _rowAt);
        }
        var reader = new PrimitiveReader(_body!.Span[_cellAt..]);
        var from = _cellAt;
        while (_cell < column)
        {
            _ = reader.Bytes(out _);
            _cell++;
            _cellAt = from + reader.Position;
        }
        return _cellAt;
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_isDisposed, this);
}
