using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Garbage;

/// <summary>The first phase of <see cref="SharedFsck"/>: every row of every key space, in the order of their ids, and what it refers to.</summary>
internal sealed class SharedRows
{
    /// <summary>Rows, and key spaces, between two positions that are told.</summary>
    private const int RowsPerPosition = 2_000;
    private const int BucketsPerPosition = 500;

    private readonly IReadOnlyList<BucketId> _buckets;
    private readonly IReadOnlyDictionary<BucketId, string> _names;
    private readonly FsckFindings _findings;
    private readonly Action<FsckPosition> _reached;
    private readonly FsckWalk _walk;
    private FsckReport _earlier = new();
    private int _done;

    public SharedRows(
        IObjectIndex index,
        IBlobStore blobs,
        IReadOnlyList<BucketId> buckets,
        IReadOnlyDictionary<BucketId, string> names,
        FsckFindings findings,
        FsckOptions options,
        Action<FsckPosition> reached)
    {
        (_buckets, _names, _findings, _reached) = (buckets, names, findings, reached);
        _walk = new FsckWalk(index, blobs, new OwnerCensus(blobs), findings)
        {
            ChecksRows = true,
            ChecksContents = !options.Quick,
            Visited = Visited,
        };
    }

    /// <summary>Goes on from a position; returns that at which the next phase begins.</summary>
    public async ValueTask<FsckPosition> CheckAsync(FsckPosition from, CancellationToken cancellationToken)
    {
        _earlier = from.Report;
        for (_done = 0; _done < _buckets.Count; _done++)
        {
            var bucket = _buckets[_done];
            var order = string.CompareOrdinal(bucket.ToString(), from.Bucket);
            if (order < 0)
            {
                continue;
            }

            var (first, key, suffix) = (IndexWalk.Sections[0], Array.Empty<byte>(), Array.Empty<byte>());
            if (order == 0 && from is { Key: { } lastKey, Suffix: { } lastSuffix })
            {
                (first, key, suffix) = (from.Section, lastKey, [.. lastSuffix, 0]);
            }

            await _walk.RunAsync(bucket, _names.GetValueOrDefault(bucket) ?? bucket.ToString(), first, key, suffix, cancellationToken);
            if ((_done + 1) % BucketsPerPosition == 0 && _done + 1 < _buckets.Count)
            {
                _reached(At(_buckets[_done + 1], _done + 1));
            }
        }

        var end = new FsckPosition { Phase = FsckPhase.Parts, Report = Report(), Done = 0.5 };
        _reached(end);
        return end;
    }

    private void Visited(WalkedRow row)
    {
        if (_walk.Rows % RowsPerPosition == 0)
        {
            var sections = IndexWalk.Sections.TakeWhile(section => section != row.Section).Count() / (double)IndexWalk.Sections.Count;
            _reached(At(_buckets[_done], _done + sections) with
            {
                Section = row.Section,
                Key = row.Key.ToArray(),
                Suffix = row.Suffix.ToArray(),
            });
        }
    }

    private FsckPosition At(BucketId bucket, double done) =>
        new() { Bucket = bucket.ToString(), Report = Report(), Done = 0.5 * done / _buckets.Count };

    private FsckReport Report() => SharedFsck.Counted(
        _earlier with { Buckets = _buckets.Count, Rows = _earlier.Rows + _walk.Rows, Bytes = _earlier.Bytes + _walk.Contents.Bytes }, _earlier, _findings);
}
