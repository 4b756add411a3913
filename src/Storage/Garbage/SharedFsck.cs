using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Buckets;
using S3Cassandra.Storage.Catalog;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Garbage;

/// <summary>
/// Checks a store that servers share and go on using: rows first, then leftover parts, then blobs by ranges. What it finds was so at the moment
/// that it looked a second time. Memory does not grow with the store, save some 150 bytes per bucket and 40 per upload under way; and it can be
/// broken off anywhere and go on from the last position. (<see cref="Fsck"/> counts all blobs against all rows, and wants the store for itself.)
/// </summary>
/// <remarks>
/// It frees nothing itself. What <see cref="FsckOptions.Repair"/> finds to be garbage it names as a suspect, as the commit that made it
/// garbage should have done: the sweepers free it after their two looks, and never what a reader pins.
/// </remarks>
public sealed class SharedFsck(IObjectIndex index, IBlobStore blobs, ICatalog catalog, TimeProvider time)
{
    /// <param name="options">What to do; <see cref="FsckOptions.BlobsPerPass"/> bounds the blobs that are doubted at a time.</param>
    /// <param name="from">Where an earlier check was left; null: from the beginning.</param>
    /// <param name="found">Hears of every finding at once.</param>
    /// <param name="reached">Hears of every position: a check that is broken off goes on from the last one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async ValueTask<FsckReport> CheckAsync(
        FsckOptions options, FsckPosition? from, Action<FsckFinding> found, Action<FsckPosition> reached, CancellationToken cancellationToken)
    {
        var position = from ?? new FsckPosition();
        var earlier = position.Report;
        var findings = new FsckFindings(found);
        var names = await BucketNames.ReadAsync(catalog, findings, cancellationToken);
        if (position.Phase == FsckPhase.Rows)
        {
            var buckets = await BucketsAsync(names, findings, cancellationToken);
            position = await new SharedRows(index, blobs, buckets, names, findings, options, reached).CheckAsync(position, cancellationToken);
        }

        var leftovers = new SharedLeftovers(index, blobs, names, findings, options, time);
        if (position.Phase == FsckPhase.Parts)
        {
            await leftovers.CheckPartsAsync(cancellationToken);
            position = position with { Phase = FsckPhase.Blobs, Report = Counted(position.Report, earlier, findings) };
            reached(position);
        }

        for (var range = position.Range; range < blobs.ListRanges; range++)
        {
            await leftovers.LookAtAsync(range, cancellationToken);
            if (leftovers.MayRest(range == blobs.ListRanges - 1))
            {
                await leftovers.DecideAsync(cancellationToken);
                var report = position.Report with
                {
                    Blobs = position.Report.Blobs + leftovers.TakeBlobs(),
                    Waiting = position.Report.Waiting + leftovers.TakeWaiting(),
                };
                position = position with
                {
                    Range = range + 1,
                    Report = Counted(report, earlier, findings),
                    Done = 0.5 + (0.5 * (range + 1) / blobs.ListRanges),
                };
                reached(position);
            }
        }

        return position.Report;
    }

    /// <summary>A report with what was found since, beside what had been found when an earlier check was broken off.</summary>
    internal static FsckReport Counted(FsckReport report, FsckReport earlier, FsckFindings findings) =>
        report with { Damage = earlier.Damage + findings.Damage, Repaired = earlier.Repaired + findings.Repaired };

    /// <summary>Every key space by its id; those without a bucket, and buckets without one, are told.</summary>
    private async ValueTask<List<BucketId>> BucketsAsync(
        Dictionary<BucketId, string> names, FsckFindings findings, CancellationToken cancellationToken)
    {
        var buckets = new List<BucketId>();
        var missing = new HashSet<BucketId>(names.Keys);
        await foreach (var bucket in index.ListBucketsAsync(cancellationToken))
        {
            buckets.Add(bucket);
            if (!missing.Remove(bucket))
            {
                findings.Add(new FsckFinding(FsckFindingKind.IndexWithoutBucket, "No bucket of the catalog has this key space.")
                {
                    Bucket = bucket.ToString(),
                });
            }
        }

        foreach (var bucket in missing)
        {
            // One that was deleted since the catalog was read has neither.
            if (await index.GetConfigurationAsync(bucket, cancellationToken) is null
                && await catalog.GetAsync(CatalogTable.Bucket, names[bucket], cancellationToken) is { } record
                && BucketRecordCodec.Decode(record).Id == bucket)
            {
                findings.Add(new FsckFinding(FsckFindingKind.BucketWithoutIndex, "The bucket has no key space.") { Bucket = names[bucket] });
            }
        }

        buckets.Sort(static (left, right) => string.CompareOrdinal(left.ToString(), right.ToString()));
        return buckets;
    }
}
