using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Embedded.Sqlite;

/// <summary>Reads the configurations of buckets.</summary>
internal sealed class BucketQueries(SqliteConnection connection, RowSum sum)
{
    private readonly Statement _configuration = connection.Prepare("SELECT epoch, record, sum FROM bucket WHERE id=?1");

    private readonly Statement _exists = connection.Prepare("SELECT 1 FROM bucket WHERE id=?1");

    private readonly Statement _list = connection.Prepare("SELECT number, id FROM bucket WHERE number>?1 ORDER BY number LIMIT ?2");

    /// <summary>Buckets after a number, with their numbers.</summary>
    public List<(long Number, BucketId Bucket)> List(long after, int limit)
    {
        _list.Bind(1, after).Bind(2, limit);
        var buckets = new List<(long, BucketId)>();
        while (_list.Step())
        {
            buckets.Add((_list.Int64(0), new BucketId(_list.Guid(1))));
        }

        _list.Reset();
        return buckets;
    }

    public bool Exists(BucketId bucket)
    {
        _exists.Bind(1, bucket.Value);
        var exists = _exists.Step();
        _exists.Reset();
        return exists;
    }

    public IndexConfiguration? Configuration(BucketId bucket)
    {
        _configuration.Bind(1, bucket.Value);
        IndexConfiguration? configuration = null;
        if (_configuration.Step())
        {
            var epoch = _configuration.Int32(0);
            var record = _configuration.Blob(1);
            configuration = SumOf(sum, epoch, record) == _configuration.Int64(2)
                ? new IndexConfiguration(epoch, record.ToArray())
                : throw new CorruptDataException($"The configuration of bucket {bucket} fails its checksum.");
        }

        _configuration.Reset();
        return configuration;
    }

    public static long SumOf(RowSum sum, int epoch, ReadOnlySpan<byte> record)
    {
        Span<byte> bytes = stackalloc byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes, epoch);
        return sum.Of(bytes, record, default, default);
    }
}
