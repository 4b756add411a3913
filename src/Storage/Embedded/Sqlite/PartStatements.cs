using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Embedded.Sqlite;

/// <summary>Changes the rows of parts.</summary>
internal sealed class PartStatements(SqliteConnection connection, RowSum sum)
{
    private readonly Statement _body = connection.Prepare(
        "SELECT body FROM part WHERE bucket=?1 AND upload=?2 AND number=?3 AND stamp=?4");

    private readonly Statement _put = connection.Prepare(
        "INSERT OR REPLACE INTO part (bucket, upload, number, stamp, record, sum, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");

    private readonly Statement _deleteBodies = connection.Prepare(
        "DELETE FROM body WHERE id IN (SELECT body FROM part WHERE bucket=?1 AND upload=?2 AND body IS NOT NULL)");

    private readonly Statement _delete = connection.Prepare("DELETE FROM part WHERE bucket=?1 AND upload=?2");

    /// <summary>Where the body of this very part is, should it be there already.</summary>
    public long? BodyOf(BucketId bucket, UploadId upload, PartRow part) =>
        _body.Bind(1, bucket.Value).Bind(2, upload.ToBytes()).Bind(3, part.Number).Bind(4, PartQueries.BytesOf(part.Stamp)).Scalar();

    public void Put(BucketId bucket, UploadId upload, PartRow part, long? body)
    {
        var stamp = PartQueries.BytesOf(part.Stamp);
        _put.Bind(1, bucket.Value).Bind(2, upload.ToBytes()).Bind(3, part.Number).Bind(4, stamp);
        _put.Bind(5, part.Record.Span).Bind(6, PartQueries.SumOf(sum, part.Number, stamp, part.Record.Span));
        _ = body is { } id ? _put.Bind(7, id) : _put.BindNull(7);
        _put.Run();
    }

    public void RemoveAll(BucketId bucket, UploadId upload)
    {
        var id = upload.ToBytes();
        _deleteBodies.Bind(1, bucket.Value).Bind(2, id).Run();
        _delete.Bind(1, bucket.Value).Bind(2, id).Run();
    }
}
