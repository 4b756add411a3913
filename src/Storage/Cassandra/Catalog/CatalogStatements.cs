using System.Buffers.Binary;
using System.Text;
using S3Cassandra.Cql;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Storage.Catalog;

namespace S3Cassandra.Storage.Cassandra.Catalog;

/// <summary>The statements on the <c>catalog</c> table: see there what its sections hold.</summary>
internal sealed class CatalogStatements(CqlSession session)
{
    private const sbyte Records = 0;
    private const sbyte ChangeLog = 1;
    private const int PageSize = 200;

    /// <summary>How long a line of the log outlives the next change of its record: whoever does not know how its write ended looks for it.</summary>
    private static readonly int ReplacedLife = (int)TimeSpan.FromHours(1).TotalSeconds;
    private static readonly int DeletionLife = (int)TimeSpan.FromDays(10).TotalSeconds;

    /// <summary>Above every key: no UTF-8 begins with it.</summary>
    private static readonly byte[] End = [0xff];

    public async ValueTask<StoredRecord?> GetAsync(CatalogTable table, byte[] key, CancellationToken token)
    {
        var select = await session.PrepareAsync("SELECT key, revision, ver, value FROM catalog WHERE tbl = ? AND sec = ? AND key = ?", token);
        using var bound = select.Bind().Tinyint((sbyte)table).Tinyint(Records).Blob(key);
        using var rows = await session.ExecuteAsync(bound, token);
        return rows.Read() ? RecordOf(rows) : null;
    }

    /// <summary>Records of these keys, as far as there are any.</summary>
    public async ValueTask<IReadOnlyList<StoredRecord>> GetAsync(CatalogTable table, IReadOnlyList<byte[]> keys, CancellationToken token)
    {
        var select = await session.PrepareAsync("SELECT key, revision, ver, value FROM catalog WHERE tbl = ? AND sec = ? AND key IN ?", token);
        using var bound = select.Bind().Tinyint((sbyte)table).Tinyint(Records).List(keys);
        using var rows = await session.ExecuteAsync(bound, token);
        var records = new List<StoredRecord>(keys.Count);
        while (rows.Read())
        {
            records.Add(RecordOf(rows));
        }
        return records;
    }

    /// <summary>Records from <paramref name="from"/> on, below every key that begins beyond <paramref name="prefix"/>.</summary>
    public async ValueTask<IReadOnlyList<StoredRecord>> ListAsync(CatalogTable table, byte[] from, byte[] prefix, int limit, CancellationToken token)
    {
        var select = await session.PrepareAsync(
            "SELECT key, revision, ver, value FROM catalog WHERE tbl = ? AND sec = ? AND key >= ? AND key < ? LIMIT ?", token);
        using var bound = select.Bind().Tinyint((sbyte)table).Tinyint(Records).Blob(from).Blob(Beyond(prefix)).Int(limit);
        bound.PageSize = PageSize;
        var records = new List<StoredRecord>();
        await foreach (var page in session.QueryPagesAsync(bound, token))
        {
            while (page.Read())
            {
                records.Add(RecordOf(page));
            }
        }
        return records;
    }

    /// <summary>The number that the table's last write took; 0 before the first.</summary>
    public async ValueTask<long> LastAsync(CatalogTable table, CancellationToken token)
    {
        var select = await session.PrepareAsync("SELECT DISTINCT last FROM catalog WHERE tbl = ?", token);
        using var bound = select.Bind().Tinyint((sbyte)table);
        bound.Consistency = Consistency.LocalSerial;
        using var rows = await session.ExecuteAsync(bound, token);
        return rows.Read() && !rows.IsNull(0) ? rows.GetBigint(0) : 0;
    }

    public async ValueTask<IReadOnlyList<LogLine>> LinesAsync(CatalogTable table, long after, int limit, CancellationToken token)
    {
        var select = await session.PrepareAsync("SELECT key, revision, value FROM catalog WHERE tbl = ? AND sec = ? AND key > ? LIMIT ?", token);
        using var bound = select.Bind().Tinyint((sbyte)table).Tinyint(ChangeLog).Blob(KeyOf(after)).Int(limit);
        using var rows = await session.ExecuteAsync(bound, token);
        var lines = new List<LogLine>(rows.Count);
        while (rows.Read())
        {
            lines.Add(new(BinaryPrimitives.ReadInt64BigEndian(rows.GetBlob(0).Span), rows.GetBlob(2).ToArray(), rows.IsNull(1)));
        }
        return lines;
    }

    /// <summary>Who wrote the line of this number; null: there is no such line.</summary>
    public async ValueTask<Guid?> WriterAsync(CatalogTable table, long revision, CancellationToken token)
    {
        var select = await session.PrepareAsync("SELECT ver FROM catalog WHERE tbl = ? AND sec = ? AND key = ?", token);
        using var bound = select.Bind().Tinyint((sbyte)table).Tinyint(ChangeLog).Blob(KeyOf(revision));
        bound.Consistency = Consistency.LocalSerial;
        using var rows = await session.ExecuteAsync(bound, token);
        return rows.Read() && !rows.IsNull(0) ? rows.GetUuid(0) : null;
    }

    /// <summary>Takes the number after <paramref name="last"/> and does nothing with it: whatever else wanted it comes too late.</summary>
    public async ValueTask<Outcome> SkipAsync(CatalogTable table, long last, CancellationToken token)
    {
        using var bound = await NumberAsync(table, last, token);
        using var result = await session.ExecuteConditionalAsync(bound, token);
        return result.Outcome;
    }

    /// <summary>Takes the number after <paramref name="last"/>, changes the record and adds its line, all or nothing.</summary>
    public async ValueTask<Outcome> WriteAsync(
        CatalogTable table, byte[] key, long last, StoredRecord? current, Guid ver, byte[]? value, CancellationToken token)
    {
        using var batch = new BatchStatement(BatchType.Unlogged);
        batch.Add(await NumberAsync(table, last, token));
        batch.Add(await RecordAsync(table, key, last + 1, current, ver, value, token));
        batch.Add(await LineAsync(table, last + 1, ver, value is null ? null : last + 1, key, value is null ? DeletionLife : 0, token));
        if (current is not null)
        {
            batch.Add(await LineAsync(table, current.Revision, current.Ver, current.Revision, key, ReplacedLife, token));
        }
        using var result = await session.ExecuteConditionalAsync(batch, token);
        return result.Outcome;
    }

    private async ValueTask<BoundStatement> NumberAsync(CatalogTable table, long last, CancellationToken token)
    {
        var update = await session.PrepareAsync("UPDATE catalog SET last = ? WHERE tbl = ? IF last = ?", token);
        var bound = update.Bind().Bigint(last + 1).Tinyint((sbyte)table);
        return last == 0 ? bound.Null() : bound.Bigint(last);
    }

    private async ValueTask<BoundStatement> RecordAsync(
        CatalogTable table, byte[] key, long revision, StoredRecord? current, Guid ver, byte[]? value, CancellationToken token)
    {
        BoundStatement bound;
        if (value is null)
        {
            var delete = await session.PrepareAsync("DELETE FROM catalog WHERE tbl = ? AND sec = ? AND key = ? IF revision = ?", token);
            bound = delete.Bind();
        }
        else
        {
            var update = await session.PrepareAsync(
                "UPDATE catalog SET revision = ?, ver = ?, value = ? WHERE tbl = ? AND sec = ? AND key = ? IF revision = ?", token);
            bound = update.Bind().Bigint(revision).Uuid(ver).Blob(value);
        }
        bound = bound.Tinyint((sbyte)table).Tinyint(Records).Blob(key);
        return current is null ? bound.Null() : bound.Bigint(current.Revision);
    }

    private async ValueTask<BoundStatement> LineAsync(
        CatalogTable table, long number, Guid ver, long? revision, byte[] key, int life, CancellationToken token)
    {
        var insert = await session.PrepareAsync("INSERT INTO catalog (tbl, sec, key, ver, revision, value) VALUES (?, ?, ?, ?, ?, ?) USING TTL ?", token);
        var bound = insert.Bind().Tinyint((sbyte)table).Tinyint(ChangeLog).Blob(KeyOf(number)).Uuid(ver);
        return (revision is { } known ? bound.Bigint(known) : bound.Unset()).Blob(key).Int(life);
    }

    private static StoredRecord RecordOf(RowSet rows) =>
        rows.IsNull(1) || rows.IsNull(2) || rows.IsNull(3)
            ? throw new CorruptDataException("A record of the catalog is not whole.")
            : new(Encoding.UTF8.GetString(rows.GetBlob(0).Span), rows.GetBigint(1), rows.GetUuid(2), rows.GetBlob(3).ToArray());

    private static byte[] KeyOf(long revision)
    {
        var key = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(key, revision);
        return key;
    }

    /// <summary>The smallest key above all that begin with a prefix; UTF-8 has no byte of 0xff, so the last one can be counted up.</summary>
    private static byte[] Beyond(byte[] prefix)
    {
        if (prefix.Length == 0)
        {
            return End;
        }
        var beyond = (byte[])prefix.Clone();
        beyond[^1]++;
        return beyond;
    }
}
