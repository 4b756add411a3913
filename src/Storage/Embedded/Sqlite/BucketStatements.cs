using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Embedded.Sqlite;

/// <summary>Changes buckets' rows.</summary>
internal sealed class BucketStatements(SqliteConnection connection, RowSum sum)
{
    private readonly Statement _insert = connection.Prepare("INSERT INTO bucket (id, epoch, record, sum) VALUES (?1, ?2, ?3, ?4)");
    private readonly Statement _update = connection.Prepare("UPDATE bucket SET epoch=?2, record=?3, sum=?4 WHERE number=?1");
    private readonly Statement _delete = connection.Prepare("DELETE FROM bucket WHERE number=?1");
    private readonly Statement _deleteRows = connection.Prepare("DELETE FROM row WHERE bucket=?1");
    private readonly Statement _deleteBodies = connection.Prepare(
        "DELETE FROM body WHERE id IN (SELECT body FROM row WHERE bucket=?1 AND body IS NOT NULL)");

    private readonly Statement _uploads = connection.Prepare(
        $"SELECT key, suffix FROM row WHERE bucket=?1 AND section={(int)IndexSection.Upload}");

    private readonly Statement _objects = connection.Prepare(
        $"SELECT EXISTS (SELECT 1 FROM row WHERE bucket=?1 AND section<{(int)IndexSection.Upload})");

    public void Insert(BucketId bucket, int epoch, ReadOnlySpan<byte> record) =>
        _insert.Bind(1, bucket.Value).Bind(2, epoch).Bind(3, record).Bind(4, BucketQueries.SumOf(sum, epoch, record)).Run();

    public void Update(long number, int epoch, ReadOnlySpan<byte> record) =>
        _update.Bind(1, number).Bind(2, epoch).Bind(3, record).Bind(4, BucketQueries.SumOf(sum, epoch, record)).Run();

    public bool HasObjects(long number) => _objects.Bind(1, number).Scalar() != 0;

    public List<(byte[] Key, UploadId Upload)> Uploads(long number)
    {
        _uploads.Bind(1, number);
        var uploads = new List<(byte[], UploadId)>();
        while (_uploads.Step())
        {
            uploads.Add((_uploads.Blob(0).ToArray(), UploadId.FromBytes(_uploads.Blob(1))));
        }

        _uploads.Reset();
        return uploads;
    }

    public void Delete(long number)
    {
        _deleteBodies.Bind(1, number).Run();
        _deleteRows.Bind(1, number).Run();
        _delete.Bind(1, number).Run();
    }
}
