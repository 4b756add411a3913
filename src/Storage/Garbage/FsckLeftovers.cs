using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Uploads;

namespace S3Cassandra.Storage.Garbage;

/// <summary>What is left over when every reference was counted: blobs that nothing refers to, and parts whose upload is gone.</summary>
internal sealed class FsckLeftovers(IObjectIndex index, IBlobStore blobs, FsckFindings findings, bool repair)
{
    private readonly UploadParts _parts = new(index, blobs);
    private readonly IndexSearch _search = new(index, new ManifestCache(new Objects.PartManifests(blobs)), new UploadParts(index, blobs));

    /// <summary>Blobs without reference that some suspicion names.</summary>
    public long Waiting { get; private set; }

    /// <summary>Takes what suspicions name out of the census and out of <paramref name="withParts"/>: that is the sweeper's work.</summary>
    public async ValueTask LeaveToSweeperAsync(
        BlobCensus census, HashSet<(BucketId Bucket, UploadId Upload)> withParts, CancellationToken cancellationToken)
    {
        await foreach (var suspect in blobs.SuspectsAsync(DateTimeOffset.MaxValue, cancellationToken))
        {
            if (suspect.Kind != SuspectKind.EndedUpload)
            {
                Waiting += census.Forget(suspect.Blob) ? 1 : 0;
            }
            else if (suspect.Owner is { Upload: { } upload } owner)
            {
                withParts.Remove((owner.Bucket, upload));
                await foreach (var part in _parts.AllAsync(owner.Bucket, upload, 0, cancellationToken))
                {
                    Waiting += part.Record.Stored is { } stored && census.Forget(stored.Blob) ? 1 : 0;
                }
            }
        }
    }

    /// <summary>Reports, and where asked frees, what nothing refers to. The whole index is asked again before anything is freed.</summary>
    public async ValueTask ReportOrphansAsync(
        BlobCensus census,
        HashSet<(BucketId Bucket, UploadId Upload)> lost,
        IReadOnlyDictionary<BucketId, string> names,
        CancellationToken cancellationToken)
    {
        var orphans = census.Unreferenced.ToHashSet();
        if (orphans.Count > 0)
        {
            // Looking at the suspects, the store frees what was never completed.
            orphans.IntersectWith(await blobs.ListAsync(cancellationToken).ToHashSetAsync(cancellationToken: cancellationToken));
        }

        var free = repair && orphans.Count > 0 ? await _search.UnreferencedAsync([.. orphans], lost, cancellationToken) : [];
        foreach (var blob in orphans)
        {
            var owner = await blobs.OwnerAsync(blob, cancellationToken);
            var repaired = free.Contains(blob) && await blobs.DeleteAsync(blob, cancellationToken);
            findings.Add(new FsckFinding(FsckFindingKind.Orphan, "Nothing refers to the blob, and no suspicion names it.")
            {
                Bucket = owner is null ? null : names.GetValueOrDefault(owner.Bucket) ?? owner.Bucket.ToString(),
                Key = owner?.Key.ToString(),
                Version = owner?.Upload is { } upload ? $"upload {upload}" : null,
                Blob = blob,
                Repaired = repaired,
            });
        }
    }

    /// <summary>Reports, and where asked forgets, parts of uploads that are gone; call it once their blobs were freed.</summary>
    public async ValueTask ReportPartsAsync(
        HashSet<(BucketId Bucket, UploadId Upload)> lost,
        IReadOnlyDictionary<BucketId, string> names,
        bool sawAll,
        CancellationToken cancellationToken)
    {
        var repairs = repair && sawAll;
        foreach (var (bucket, upload) in lost)
        {
            if (repairs)
            {
                await index.RemovePartsAsync(bucket, upload, cancellationToken);
            }

            findings.Add(new FsckFinding(FsckFindingKind.PartsWithoutUpload, "The upload is gone, and no suspicion names it.")
            {
                Bucket = names.GetValueOrDefault(bucket) ?? bucket.ToString(),
                Version = $"upload {upload}",
                Repaired = repairs,
            });
        }
    }
}
