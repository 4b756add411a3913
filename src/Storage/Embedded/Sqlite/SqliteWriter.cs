using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Embedded.Sqlite;

/// <summary>The only connection that writes, with its statements. Used by the writer's thread alone.</summary>
internal sealed class SqliteWriter
{
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _findBucket;
    private readonly Statement _findRow;
    private readonly Statement _readRow;
    private readonly Statement _putRow;
    private readonly Statement _deleteRow;
    private readonly Statement _putBody;
    private readonly Statement _deleteBody;
    private readonly Statement _nameSuspect;
    private readonly Dictionary<BucketId, StoredBucket?> _buckets = [];
    private long _lastBody;

    public SqliteWriter(SqliteConnection connection, TimeProvider clock)
    {
        Connection = connection;
        Clock = clock;
        _begin = connection.Prepare("BEGIN IMMEDIATE");
        _commit = connection.Prepare("COMMIT");
        _findBucket = connection.Prepare("SELECT number, epoch FROM bucket WHERE id=?1");
        _findRow = connection.Prepare("SELECT ver, body FROM row WHERE bucket=?1 AND section=?2 AND key=?3 AND suffix=?4");
        _readRow = connection.Prepare("SELECT ver, record, sum FROM row WHERE bucket=?1 AND section=?2 AND key=?3 AND suffix=?4");
        _putRow = connection.Prepare(
            "INSERT OR REPLACE INTO row (bucket, section, key, suffix, ver, record, sum, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
        _deleteRow = connection.Prepare("DELETE FROM row WHERE bucket=?1 AND section=?2 AND key=?3 AND suffix=?4");
        _putBody = connection.Prepare("INSERT OR REPLACE INTO body (id, data, sum) VALUES (?1, ?2, ?3)");
        _deleteBody = connection.Prepare("DELETE FROM body WHERE id=?1");
        _nameSuspect = connection.Prepare(
            "INSERT OR REPLACE INTO suspect (since, kind, id, bucket, key, upload, unreferenced) VALUES (?1, ?2, ?3, ?4, ?5, ?6, NULL)");
        Buckets = new BucketStatements(connection, Sum);
        Parts = new PartStatements(connection, Sum);
        Catalog = new CatalogStatements(connection, Sum);
        Suspects = new SuspectStatements(connection);
        _lastBody = connection.Prepare("SELECT max(id) FROM body").Scalar() ?? 0;
    }

    public SqliteConnection Connection { get; }

    public TimeProvider Clock { get; }

    public RowSum Sum { get; } = new();

    public BucketStatements Buckets { get; }

    public PartStatements Parts { get; }

    public CatalogStatements Catalog { get; }

    public SuspectStatements Suspects { get; }

    public Fences Fences { get; } = new();

    public void Begin() => _begin.Run();

    public void Commit() => _commit.Run();

    /// <summary>Undoes the transaction under way, if SQLite has not done so itself, and what was remembered of it.</summary>
    public void Rollback()
    {
        _buckets.Clear();
        if (!Connection.IsIdle)
        {
            Connection.Execute("ROLLBACK");
        }
    }

    public StoredBucket? FindBucket(BucketId bucket)
    {
        if (_buckets.TryGetValue(bucket, out var known))
        {
            return known;
        }

        // Bounded: a store of very many buckets looks them up again.
        if (_buckets.Count >= 10_000)
        {
            _buckets.Clear();
        }

        _findBucket.Bind(1, bucket.Value);
        var found = _findBucket.Step() ? new StoredBucket(_findBucket.Int64(0), _findBucket.Int32(1)) : null;
        _findBucket.Reset();
        return _buckets[bucket] = found;
    }

    /// <summary>To be called by whoever changes a bucket's row.</summary>
    public void ForgetBucket(BucketId bucket) => _buckets.Remove(bucket);

    public StoredRow FindRow(long bucket, ObjectKey key, RowAddress address)
    {
        Address(_findRow, bucket, key, address);
        var row = _findRow.Step() ? new StoredRow(_findRow.Guid(0), _findRow.IsNull(1) ? null : _findRow.Int64(1)) : default;
        _findRow.Reset();
        return row;
    }

    /// <summary>A row without its body, for whoever lost a race.</summary>
    public IndexRow? ReadRow(long bucket, ObjectKey key, RowAddress address)
    {
        Address(_readRow, bucket, key, address);
        IndexRow? row = null;
        if (_readRow.Step())
        {
            var ver = _readRow.Guid(0);
            var record = _readRow.Blob(1);
            row = Sum.OfRow(key.Span, address.Suffix.Span, ver, record) == _readRow.Int64(2)
                ? new IndexRow(address, ver, record.ToArray(), default)
                : throw new CorruptDataException($"A row of the index fails its checksum (key {key}).");
        }

        _readRow.Reset();
        return row;
    }

    public void PutRow(long bucket, ObjectKey key, in RowWrite write, StoredRow old)
    {
        var body = PutBody(write.Body.Span, old.Body);
        Address(_putRow, bucket, key, write.Address);
        _putRow.Bind(5, write.Ver)
            .Bind(6, write.Record.Span)
            .Bind(7, Sum.OfRow(key.Span, write.Address.Suffix.Span, write.Ver, write.Record.Span));
        BindOptional(_putRow, 8, body).Run();
    }

    public void DeleteRow(long bucket, ObjectKey key, RowAddress address, StoredRow old)
    {
        PutBody(default, old.Body);
        Address(_deleteRow, bucket, key, address).Run();
    }

    /// <summary>Stores a body, in the place of an old one if there is one; none at all if it is empty.</summary>
    public long? PutBody(ReadOnlySpan<byte> data, long? old)
    {
        if (data.IsEmpty)
        {
            if (old is { } id)
            {
                _deleteBody.Bind(1, id).Run();
            }

            return null;
        }

        var place = old ?? ++_lastBody;
        _putBody.Bind(1, place).Bind(2, data).Bind(3, RowSum.Of(data)).Run();
        return place;
    }

    public void NameReleased(BlobId blob, BucketId bucket, ObjectKey key)
    {
        Span<byte> id = stackalloc byte[16];
        blob.Value.TryWriteBytes(id, bigEndian: true, out _);
        NameSuspect(SuspectKind.Released, id, bucket, key.Span).BindNull(6).Run();
    }

    public void NameEndedUpload(UploadId upload, BucketId bucket, ReadOnlySpan<byte> key)
    {
        var id = upload.ToBytes();
        NameSuspect(SuspectKind.EndedUpload, id, bucket, key).Bind(6, id).Run();
    }

    private Statement NameSuspect(SuspectKind kind, ReadOnlySpan<byte> id, BucketId bucket, ReadOnlySpan<byte> key) =>
        _nameSuspect.Bind(1, Clock.GetUtcNow().UtcTicks).Bind(2, (long)kind).Bind(3, id).Bind(4, bucket.Value).Bind(5, key);

    private static Statement Address(Statement statement, long bucket, ObjectKey key, RowAddress address) =>
        statement.Bind(1, bucket).Bind(2, (long)address.Section).Bind(3, key.Span).Bind(4, address.Suffix.Span);

    private static Statement BindOptional(Statement statement, int parameter, long? value) =>
        value is { } number ? statement.Bind(parameter, number) : statement.BindNull(parameter);
}
