using System.Buffers.Binary;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Embedded.Sqlite;

/// <summary>Reads the parts of uploads.</summary>
internal sealed class PartQueries
{
    private readonly RowSum _sum;
    private readonly SqliteReader _reader;
    private readonly Statement _list;
    private readonly Statement _next;
    private readonly Statement _body;

    public PartQueries(SqliteConnection connection, RowSum sum, SqliteReader reader)
    {
        _sum = sum;
        _reader = reader;
        _list = connection.Prepare(
            "SELECT number, stamp, record, sum FROM part WHERE bucket=?1 AND upload=?2 AND number>?3 ORDER BY number, stamp LIMIT ?4");
        _next = connection.Prepare("SELECT bucket, upload FROM part WHERE (bucket, upload) > (?1, ?2) ORDER BY bucket, upload LIMIT 1");
        _body = connection.Prepare("SELECT body FROM part WHERE bucket=?1 AND upload=?2 AND number=?3 AND stamp=?4");
    }

    public IReadOnlyList<PartRow> List(BucketId bucket, UploadId upload, int afterNumber, int limit)
    {
        _list.Bind(1, bucket.Value).Bind(2, upload.ToBytes()).Bind(3, afterNumber).Bind(4, limit);
        var parts = new List<PartRow>();
        while (_list.Step())
        {
            var number = _list.Int32(0);
            var stamp = _list.Blob(1);
            var record = _list.Blob(2);
            if (stamp.Length != 16 || SumOf(_sum, number, stamp, record) != _list.Int64(3))
            {
                throw new CorruptDataException($"A part of upload {upload} fails its checksum.");
            }

            parts.Add(new PartRow(number, BinaryPrimitives.ReadUInt128BigEndian(stamp), record.ToArray(), default));
        }

        _list.Reset();
        return parts;
    }

    /// <summary>The next upload that has parts; a step of its own, so that no upload's parts are walked through.</summary>
    public (BucketId Bucket, UploadId Upload)? Next((BucketId Bucket, UploadId Upload)? after)
    {
        _ = after is { } last
            ? _next.Bind(1, last.Bucket.Value).Bind(2, last.Upload.ToBytes())
            : _next.Bind(1, ReadOnlySpan<byte>.Empty).Bind(2, ReadOnlySpan<byte>.Empty);
        (BucketId, UploadId)? next = _next.Step() ? (new BucketId(_next.Guid(0)), UploadId.FromBytes(_next.Blob(1))) : null;
        _next.Reset();
        return next;
    }

    /// <summary>Inside a transaction: it takes two statements.</summary>
    public ReadOnlyMemory<byte>? Body(BucketId bucket, UploadId upload, int number, UInt128 stamp)
    {
        _body.Bind(1, bucket.Value).Bind(2, upload.ToBytes()).Bind(3, number).Bind(4, BytesOf(stamp));
        var (found, body) = _body.Step() ? (true, _body.IsNull(0) ? (long?)null : _body.Int64(0)) : (false, null);
        _body.Reset();
        return !found ? default(ReadOnlyMemory<byte>?) : body is { } id ? _reader.ReadBody(id) : ReadOnlyMemory<byte>.Empty;
    }

    public static long SumOf(RowSum sum, int number, ReadOnlySpan<byte> stamp, ReadOnlySpan<byte> record)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return sum.Of(bytes, stamp, record, default);
    }

    public static byte[] BytesOf(UInt128 stamp)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, stamp);
        return bytes;
    }
}
