using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Contract.InMemory;

/// <summary>The parts of uploads, ordered by (number, stamp).</summary>
internal sealed class InMemoryParts(Lock gate)
{
    private readonly Dictionary<(BucketId Bucket, UploadId Upload), SortedDictionary<(int Number, UInt128 Stamp), PartRow>> _uploads = [];

    public void Add(BucketId bucket, UploadId upload, PartRow part)
    {
        lock (gate)
        {
            if (!_uploads.TryGetValue((bucket, upload), out var parts))
            {
                _uploads[(bucket, upload)] = parts = [];
            }

            parts[(part.Number, part.Stamp)] = part with { Record = part.Record.ToArray(), Body = part.Body.ToArray() };
        }
    }

    public IReadOnlyList<PartRow> List(BucketId bucket, UploadId upload, int afterNumber, int limit)
    {
        lock (gate)
        {
            return _uploads.TryGetValue((bucket, upload), out var parts)
                ? [.. parts.Values.Where(part => part.Number > afterNumber).Take(limit).Select(part => part with { Body = default })]
                : [];
        }
    }

    public ReadOnlyMemory<byte>? Body(BucketId bucket, UploadId upload, int number, UInt128 stamp)
    {
        lock (gate)
        {
            return _uploads.TryGetValue((bucket, upload), out var parts) && parts.TryGetValue((number, stamp), out var part)
                ? part.Body
                : default(ReadOnlyMemory<byte>?);
        }
    }

    public void Remove(BucketId bucket, UploadId upload)
    {
        lock (gate)
        {
            _uploads.Remove((bucket, upload));
        }
    }

    public (BucketId Bucket, UploadId Upload)[] Uploads()
    {
        lock (gate)
        {
            return [.. _uploads.Keys];
        }
    }
}
