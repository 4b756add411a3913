using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Catalog;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Garbage;

/// <summary>
/// Checks a store: catalog, then index, then blobs. Every record unpacks, every reference resolves, every chunk's checksum holds, and no
/// blob is there that nobody refers to and nobody would free. Run it while no writer of this process is at work.
/// </summary>
/// <remarks>
/// Memory is bounded by <see cref="FsckOptions.BlobsPerPass"/> (some 40 bytes each, 80 MB by default), beside which it keeps some 150 bytes
/// per bucket and 40 per upload under way: a store with more blobs is walked through once per pass.
/// </remarks>
public sealed class Fsck(IObjectIndex index, IBlobStore blobs, ICatalog catalog)
{
    /// <param name="options">What to do.</param>
    /// <param name="found">Hears of every finding at once.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async ValueTask<FsckReport> CheckAsync(FsckOptions options, Action<FsckFinding> found, CancellationToken cancellationToken)
    {
        var findings = new FsckFindings(found);
        var names = await BucketNames.ReadAsync(catalog, findings, cancellationToken);
        var count = await CountBlobsAsync(cancellationToken);
        var passes = (int)Math.Max(1, (count + options.BlobsPerPass - 1) / options.BlobsPerPass);
        var lost = await UploadsWithPartsAsync(cancellationToken);
        var report = new FsckReport { Blobs = count };
        var sawAll = true;
        for (var pass = 0; pass < passes; pass++)
        {
            var census = new BlobCensus(pass, passes);
            await census.TakeAsync(blobs, cancellationToken);
            var walk = new FsckWalk(index, blobs, census, findings)
            {
                ChecksRows = pass == 0,
                ChecksContents = pass == 0 && !options.Quick,
                Torn = pass == 0 ? await TornSuspectsAsync(cancellationToken) : [],
                WithParts = lost,
            };
            await WalkAsync(walk, names, findings, cancellationToken);
            report = pass > 0 ? report : report with { Buckets = walk.Buckets, Rows = walk.Rows, Bytes = walk.Contents.Bytes };
            var leftovers = new FsckLeftovers(index, blobs, findings, options.Repair);
            await leftovers.LeaveToSweeperAsync(census, lost, cancellationToken);
            report = report with { Waiting = report.Waiting + leftovers.Waiting };
            sawAll &= walk.SawAll;
            if (sawAll)
            {
                await leftovers.ReportOrphansAsync(census, lost, names, cancellationToken);
            }

            if (pass == passes - 1)
            {
                await leftovers.ReportPartsAsync(lost, names, sawAll, cancellationToken);
            }
        }

        return report with { Damage = findings.Damage, Repaired = findings.Repaired };
    }

    private async ValueTask WalkAsync(
        FsckWalk walk, Dictionary<BucketId, string> names, FsckFindings findings, CancellationToken cancellationToken)
    {
        var missing = new HashSet<BucketId>(names.Keys);
        await foreach (var bucket in index.ListBucketsAsync(cancellationToken))
        {
            missing.Remove(bucket);
            if (!names.TryGetValue(bucket, out var name) && walk.ChecksRows)
            {
                findings.Add(new FsckFinding(FsckFindingKind.IndexWithoutBucket, "No bucket of the catalog has this key space.")
                {
                    Bucket = bucket.ToString(),
                });
            }

            await walk.RunAsync(bucket, name ?? bucket.ToString(), cancellationToken);
        }

        foreach (var bucket in missing)
        {
            if (walk.ChecksRows && await index.GetConfigurationAsync(bucket, cancellationToken) is null)
            {
                findings.Add(new FsckFinding(FsckFindingKind.BucketWithoutIndex, "The bucket has no key space.") { Bucket = names[bucket] });
            }
        }

        foreach (var blob in walk.Torn)
        {
            findings.Add(new FsckFinding(FsckFindingKind.TornSuspect, "Nothing refers to the blob, whose own note of its owner cannot be read.")
            {
                Blob = blob,
            });
        }
    }

    private async ValueTask<long> CountBlobsAsync(CancellationToken cancellationToken)
    {
        var count = 0L;
        await foreach (var _ in blobs.ListAsync(cancellationToken))
        {
            count++;
        }

        return count;
    }

    private async ValueTask<HashSet<(BucketId Bucket, UploadId Upload)>> UploadsWithPartsAsync(CancellationToken cancellationToken)
    {
        var uploads = new HashSet<(BucketId Bucket, UploadId Upload)>();
        await foreach (var upload in index.ListUploadsWithPartsAsync(cancellationToken))
        {
            uploads.Add(upload);
        }

        return uploads;
    }

    private async ValueTask<HashSet<BlobId>> TornSuspectsAsync(CancellationToken cancellationToken)
    {
        var torn = new HashSet<BlobId>();
        await foreach (var suspect in blobs.SuspectsAsync(DateTimeOffset.MaxValue, cancellationToken))
        {
            if (suspect.Owner is null)
            {
                torn.Add(suspect.Blob);
            }
        }

        return torn;
    }
}
