using S3Cassandra.Storage.Embedded.Sqlite;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Embedded;

/// <summary>Adds a part if its upload is still under way.</summary>
internal sealed class AddPartJob : WriteJobOf<bool>
{
    private readonly BucketId _bucket;
    private readonly ObjectKey _key;
    private readonly UploadId _upload;
    private readonly PartRow _part;

    public AddPartJob(BucketId bucket, ObjectKey key, UploadId upload, PartRow part)
    {
        _bucket = bucket;
        _key = key;
        _upload = upload;
        _part = part;
        Size = 512 + part.Record.Length + part.Body.Length;
    }

    protected override bool Run(SqliteWriter writer)
    {
        if (_part.Stamp < PartRow.StampAt(writer.Fences.Of(_bucket, _key)))
        {
            return false;
        }

        var address = new RowAddress(IndexSection.Upload, _upload.ToBytes());
        if (writer.FindBucket(_bucket) is not { } bucket || writer.FindRow(bucket.Number, _key, address).Ver is null)
        {
            return false;
        }

        writer.Parts.Put(_bucket, _upload, _part, writer.PutBody(_part.Body.Span, writer.Parts.BodyOf(_bucket, _upload, _part)));
        return true;
    }
}
