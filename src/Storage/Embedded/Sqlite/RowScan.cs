using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Embedded.Sqlite;

/// <summary>Reads a slice of a section into pooled memory: one allocation of the row list per page, whatever the rows.</summary>
internal sealed class RowScan
{
    private const string Columns = "SELECT key, suffix, ver, record, sum FROM row WHERE bucket=?1 AND section=?2 AND (key, suffix) >= (?3, ?4)";

    private readonly Statement _toEnd;
    private readonly Statement _toKey;
    private readonly RowSum _sum;

    public RowScan(SqliteConnection connection, RowSum sum)
    {
        _toEnd = connection.Prepare($"{Columns} ORDER BY key, suffix LIMIT ?6");
        _toKey = connection.Prepare($"{Columns} AND key < ?5 ORDER BY key, suffix LIMIT ?6");
        _sum = sum;
    }

    public ScanPage Read(StoredBucket bucket, in ScanRange range)
    {
        var statement = range.Before is null ? _toEnd : _toKey;
        statement.Bind(1, bucket.Number).Bind(2, (long)range.Section).Bind(3, range.From.Span).Bind(4, range.FromSuffix.Span).Bind(6, range.Limit);
        if (range.Before is { } before)
        {
            statement.Bind(5, before.Span);
        }

        var memory = new PooledSlabs();
        var rows = new List<ScannedRow>(Math.Min(range.Limit, 1000));
        try
        {
            while (statement.Step())
            {
                rows.Add(RowOf(statement, memory));
            }

            statement.Reset();
            return new ScanPage(bucket.Epoch, rows, rows.Count == range.Limit, memory);
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    private ScannedRow RowOf(Statement statement, PooledSlabs memory)
    {
        var key = statement.Blob(0);
        var suffix = statement.Blob(1);
        var ver = statement.Guid(2);
        var record = statement.Blob(3);
        if (_sum.OfRow(key, suffix, ver, record) != statement.Int64(4))
        {
            throw new CorruptDataException($"A row of the index fails its checksum (key {System.Text.Encoding.UTF8.GetString(key)}).");
        }

        return new ScannedRow(memory.Copy(key), memory.Copy(suffix), ver, memory.Copy(record));
    }
}
