using System.Buffers.Binary;
using System.Text;
using S3Cassandra.Storage.Catalog;

namespace S3Cassandra.Storage.Embedded.Sqlite;

/// <summary>Reads the catalog. A deleted record stays as a row without a value, so that caches hear of it.</summary>
internal sealed class CatalogQueries
{
    private const string Columns = "SELECT key, revision, value, sum FROM catalog WHERE space=?1";

    private readonly RowSum _sum;
    private readonly Statement _get;
    private readonly Statement _list;
    private readonly Statement _changed;
    private readonly Statement _last;

    public CatalogQueries(SqliteConnection connection, RowSum sum)
    {
        _sum = sum;
        _get = connection.Prepare($"{Columns} AND key=?2");
        _list = connection.Prepare($"{Columns} AND key>=?2 AND value IS NOT NULL ORDER BY key");
        _changed = connection.Prepare($"{Columns} AND revision>?2 ORDER BY revision LIMIT ?3");
        _last = connection.Prepare("SELECT max(revision) FROM catalog WHERE space=?1");
    }

    /// <summary>The record or what is left of it; null if there never was one.</summary>
    public CatalogRecord? Get(CatalogTable table, string key)
    {
        _get.Bind(1, (long)table).Bind(2, Encoding.UTF8.GetBytes(key));
        var record = _get.Step() ? RecordOf(table, _get) : null;
        _get.Reset();
        return record;
    }

    public IReadOnlyList<CatalogRecord> List(CatalogTable table, string prefix, string? after, int limit)
    {
        var begin = Encoding.UTF8.GetBytes(prefix);
        var next = after is null ? begin : [.. Encoding.UTF8.GetBytes(after), 0];
        _list.Bind(1, (long)table).Bind(2, next.AsSpan().SequenceCompareTo(begin) > 0 ? next : begin);
        var records = new List<CatalogRecord>();
        while (records.Count < limit && _list.Step() && _list.Blob(0).StartsWith(begin))
        {
            records.Add(RecordOf(table, _list));
        }

        _list.Reset();
        return records;
    }

    public IReadOnlyList<CatalogRecord> ChangedSince(CatalogTable table, long revision, int limit)
    {
        _changed.Bind(1, (long)table).Bind(2, revision).Bind(3, limit);
        var records = new List<CatalogRecord>();
        while (_changed.Step())
        {
            records.Add(RecordOf(table, _changed));
        }

        _changed.Reset();
        return records;
    }

    public long LastRevision(CatalogTable table) => _last.Bind(1, (long)table).Scalar() ?? 0;

    public static long SumOf(RowSum sum, CatalogTable table, ReadOnlySpan<byte> key, long revision, ReadOnlySpan<byte> value)
    {
        Span<byte> bytes = stackalloc byte[12];
        BinaryPrimitives.WriteInt32BigEndian(bytes, (int)table);
        BinaryPrimitives.WriteInt64BigEndian(bytes[4..], revision);
        return sum.Of(bytes, key, value, default);
    }

    private CatalogRecord RecordOf(CatalogTable table, Statement statement)
    {
        var key = statement.Blob(0);
        var revision = statement.Int64(1);
        var value = statement.Blob(2);
        if (SumOf(_sum, table, key, revision, value) != statement.Int64(3))
        {
            throw new CorruptDataException($"A record of the catalog fails its checksum (table {table}).");
        }

        return new CatalogRecord(Encoding.UTF8.GetString(key), revision, statement.IsNull(2) ? null : value.ToArray());
    }
}
