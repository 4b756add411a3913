using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Embedded.Sqlite;

/// <summary>A connection that reads the index, with its statements. Used by one thread at a time.</summary>
internal sealed class SqliteReader : IDisposable
{
    private const string RowColumns = "r.section, r.suffix, r.ver, r.record, r.sum, r.body";

    private readonly SqliteConnection _connection;
    private readonly Statement _begin;
    private readonly Statement _end;
    private readonly Statement _heads;
    private readonly Statement _findBucket;
    private readonly Statement _findRow;
    private readonly Statement _newest;
    private readonly Statement _body;

    public SqliteReader(string path)
    {
        _connection = Schema.OpenReader(path);
        _begin = _connection.Prepare("BEGIN");
        _end = _connection.Prepare("COMMIT");

        // One statement sees one moment; a GET or HEAD of a current object needs no transaction around it.
        _heads = _connection.Prepare($"""
            SELECT {RowColumns}, b.epoch, y.data, y.sum FROM bucket b
            LEFT JOIN row r ON r.bucket=b.number AND r.section IN (0, 2) AND r.key=?2 AND r.suffix=x''
            LEFT JOIN body y ON y.id=r.body AND ?3
            WHERE b.id=?1
            """);
        _findBucket = _connection.Prepare("SELECT number, epoch FROM bucket WHERE id=?1");
        _findRow = _connection.Prepare(
            $"SELECT {RowColumns} FROM row r WHERE r.bucket=?1 AND r.section=?2 AND r.key=?3 AND r.suffix=?4");
        _newest = _connection.Prepare(
            $"SELECT {RowColumns} FROM row r WHERE r.bucket=?1 AND r.section=1 AND r.key=?2 ORDER BY r.suffix LIMIT ?3");
        _body = _connection.Prepare("SELECT data, sum FROM body WHERE id=?1");
        Scan = new RowScan(_connection, Sum);
        Catalog = new CatalogQueries(_connection, Sum);
        Parts = new PartQueries(_connection, Sum, this);
        Suspects = new SuspectQueries(_connection);
        Buckets = new BucketQueries(_connection, Sum);
    }

    public RowSum Sum { get; } = new();

    public RowScan Scan { get; }

    public CatalogQueries Catalog { get; }

    public PartQueries Parts { get; }

    public SuspectQueries Suspects { get; }

    public BucketQueries Buckets { get; }

    public void Begin() => _begin.Run();

    public void End() => _end.Run();

    public StoredBucket? FindBucket(BucketId bucket)
    {
        _findBucket.Bind(1, bucket.Value);
        var found = _findBucket.Step() ? new StoredBucket(_findBucket.Int64(0), _findBucket.Int32(1)) : null;
        _findBucket.Reset();
        return found;
    }

    /// <summary>The head of a key, shown or hidden.</summary>
    public KeyRows? ReadHeads(BucketId bucket, ObjectKey key, bool withBody)
    {
        _heads.Bind(1, bucket.Value).Bind(2, key.Span).Bind(3, withBody ? 1 : 0);
        KeyRows? result = null;
        while (_heads.Step())
        {
            var rows = result?.Rows ?? [];
            if (!_heads.IsNull(0))
            {
                var body = withBody && !_heads.IsNull(5) ? BodyOf(_heads, 7, 8) : default;
                rows = [.. rows, RowOf(_heads, key, body)];
            }

            result = new KeyRows(_heads.Int32(6), rows);
        }

        _heads.Reset();
        return result;
    }

    /// <summary>Everything that a read may ask for, in (section, suffix) order; inside a transaction.</summary>
    public List<IndexRow> ReadRows(long bucket, KeyRead read)
    {
        var rows = new List<IndexRow>();
        AddRow(rows, bucket, read, RowAddress.Head);
        AddVersions(rows, bucket, read);
        AddRow(rows, bucket, read, RowAddress.HiddenHead);
        if (!read.Upload.IsEmpty)
        {
            AddRow(rows, bucket, read, new RowAddress(IndexSection.Upload, read.Upload));
        }

        return rows;
    }

    public ReadOnlyMemory<byte> ReadBody(long id)
    {
        _body.Bind(1, id);
        if (!_body.Step())
        {
            throw new CorruptDataException("A body of the index is missing.");
        }

        var body = BodyOf(_body, 0, 1);
        _body.Reset();
        return body;
    }

    public void Dispose() => _connection.Dispose();

    private void AddVersions(List<IndexRow> rows, long bucket, KeyRead read)
    {
        if (read.NewestVersions > 0)
        {
            _newest.Bind(1, bucket).Bind(2, read.Key.Span).Bind(3, read.NewestVersions);
            Collect(rows, _newest, read);
        }

        if (!read.Version.IsEmpty)
        {
            var address = new RowAddress(IndexSection.Version, read.Version);
            if (!rows.Exists(row => row.Address.Equals(address)))
            {
                // Older than all that were read, or else it would be among them.
                AddRow(rows, bucket, read, address);
            }
        }
    }

    private void AddRow(List<IndexRow> rows, long bucket, KeyRead read, RowAddress address)
    {
        _findRow.Bind(1, bucket).Bind(2, (long)address.Section).Bind(3, read.Key.Span).Bind(4, address.Suffix.Span);
        Collect(rows, _findRow, read);
    }

    private void Collect(List<IndexRow> rows, Statement statement, KeyRead read)
    {
        while (statement.Step())
        {
            var body = read.WithBody && !statement.IsNull(5) ? ReadBody(statement.Int64(5)) : default;
            rows.Add(RowOf(statement, read.Key, body));
        }

        statement.Reset();
    }

    private IndexRow RowOf(Statement statement, ObjectKey key, ReadOnlyMemory<byte> body)
    {
        var suffix = statement.Blob(1);
        var ver = statement.Guid(2);
        var record = statement.Blob(3);
        if (Sum.OfRow(key.Span, suffix, ver, record) != statement.Int64(4))
        {
            throw new CorruptDataException($"A row of the index fails its checksum (key {key}).");
        }

        return new IndexRow(
            new RowAddress((IndexSection)statement.Int32(0), suffix.IsEmpty ? default : suffix.ToArray()), ver, record.ToArray(), body);
    }

    private static byte[] BodyOf(Statement statement, int data, int sum)
    {
        if (statement.IsNull(data))
        {
            throw new CorruptDataException("A body of the index is missing.");
        }

        var bytes = statement.Blob(data);
        return RowSum.Of(bytes) == statement.Int64(sum)
            ? bytes.ToArray()
            : throw new CorruptDataException("A body of the index fails its checksum.");
    }
}
