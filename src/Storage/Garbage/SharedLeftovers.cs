using System.Collections.Concurrent;
using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Objects;
using S3Cassandra.Storage.Uploads;

namespace S3Cassandra.Storage.Garbage;

/// <summary>
/// What nothing refers to, in a store that servers go on using: each blob is looked up where its owner's rows stand, as a sweeper does; those
/// without a reference that no suspicion names, and that a second look finds so again, are orphans.
/// </summary>
internal sealed class SharedLeftovers(
    IObjectIndex index,
    IBlobStore blobs,
    IReadOnlyDictionary<BucketId, string> names,
    FsckFindings findings,
    FsckOptions options,
    TimeProvider time)
{
    /// <summary>Blobs looked up at once.</summary>
    private const int Abreast = 16;

    /// <summary>Blobs that are doubted before suspicions are read again, which are as many as were written in a day.</summary>
    private const int MostDoubted = 100_000;

    /// <summary>Ranges after which it may rest in any case.</summary>
    private const int RangesPerRest = 16;

    private readonly ConcurrentDictionary<BlobId, (BlobOwner? Owner, int Range)> _doubted = new();
    private readonly UploadParts _parts = new(index, blobs);
    private readonly BlobReferences _references =
        new(new KeyRecords(index), new ManifestCache(new PartManifests(blobs)), new UploadParts(index, blobs));
    private readonly IndexSearch _search = new(index, new ManifestCache(new PartManifests(blobs)), new UploadParts(index, blobs));
    private long _blobs;
    private long _waiting;
    private int _ranges;

    public long TakeBlobs() => Interlocked.Exchange(ref _blobs, 0);

    public long TakeWaiting() => Interlocked.Exchange(ref _waiting, 0);

    /// <summary>Whether what is doubted by now is to be decided.</summary>
    public bool MayRest(bool isLast)
    {
        _ranges++;
        return isLast || _ranges % RangesPerRest == 0 || _doubted.Count >= Math.Min(MostDoubted, options.BlobsPerPass);
    }

    /// <summary>Looks at every blob of a range.</summary>
    public async ValueTask LookAtAsync(int range, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Abreast, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(blobs.ListAsync(range, cancellationToken), parallel, async (blob, token) =>
        {
            Interlocked.Increment(ref _blobs);
            var owner = await blobs.OwnerAsync(blob, token);
            if (owner is null || !await IsReferredAsync(blob, owner, token))
            {
                _doubted[blob] = (owner, range);
            }
        });
    }

    /// <summary>Reports, and where asked names, what is an orphan among the doubted; what a suspicion names is the sweepers'.</summary>
    public async ValueTask DecideAsync(CancellationToken cancellationToken)
    {
        if (_doubted.IsEmpty)
        {
            return;
        }

        await foreach (var suspect in blobs.SuspectsAsync(DateTimeOffset.MaxValue, cancellationToken))
        {
            if (suspect.Kind != SuspectKind.EndedUpload)
            {
                _waiting += _doubted.TryRemove(suspect.Blob, out _) ? 1 : 0;
            }
            else if (suspect.Owner is { Upload: { } upload } owner)
            {
                await foreach (var part in _parts.AllAsync(owner.Bucket, upload, 0, cancellationToken))
                {
                    _waiting += part.Record.Stored is { } stored && _doubted.TryRemove(stored.Blob, out _) ? 1 : 0;
                }
            }
        }

        var nobodys = await OrphansOfNobodyAsync(cancellationToken);
        foreach (var (blob, (owner, _)) in _doubted)
        {
            if (owner is null ? nobodys.Contains(blob) : await IsOrphanAsync(blob, owner, cancellationToken))
            {
                await ReportAsync(blob, owner, cancellationToken);
            }
        }

        _doubted.Clear();
    }

    /// <summary>Reports, and where asked names, parts of uploads that are gone which no suspicion names.</summary>
    public async ValueTask CheckPartsAsync(CancellationToken cancellationToken)
    {
        var lost = await index.ListUploadsWithPartsAsync(cancellationToken).ToHashSetAsync(cancellationToken: cancellationToken);
        if (lost.Count == 0)
        {
            return;
        }

        await foreach (var bucket in index.ListBucketsAsync(cancellationToken))
        {
            await foreach (var row in index.RowsAsync(bucket, IndexSection.Upload, cancellationToken))
            {
                lost.Remove((bucket, UploadId.FromBytes(row.Suffix.Span)));
            }
        }

        await foreach (var suspect in blobs.SuspectsAsync(DateTimeOffset.MaxValue, cancellationToken))
        {
            if (suspect is { Kind: SuspectKind.EndedUpload, Owner: { Upload: { } upload } owner })
            {
                lost.Remove((owner.Bucket, upload));
            }
        }

        // One that ended, and was swept, since they were listed has none any more.
        foreach (var (bucket, upload) in lost)
        {
            if (await index.ListPartsAsync(bucket, upload, 0, 1, cancellationToken) is { Count: > 0 })
            {
                findings.Add(new FsckFinding(FsckFindingKind.PartsWithoutUpload, "The upload is gone, and no suspicion names it.")
                {
                    Bucket = NameOf(bucket),
                    Version = $"upload {upload}",
                    Repaired = options.Repair && await NameUploadAsync(bucket, upload, cancellationToken),
                });
            }
        }
    }

    /// <summary>Whether a row may refer to it: a record that cannot be read may refer to anything, and the walk reports it.</summary>
    private async ValueTask<bool> IsReferredAsync(BlobId blob, BlobOwner owner, CancellationToken cancellationToken)
    {
        try
        {
            return await _references.FindAsync(owner, blob, cancellationToken) != BlobReference.None;
        }
        catch (CorruptDataException)
        {
            return true;
        }
    }

    /// <summary>The second look, after the suspicions were read: it is still there, and still nothing refers to it.</summary>
    private async ValueTask<bool> IsOrphanAsync(BlobId blob, BlobOwner owner, CancellationToken cancellationToken) =>
        !await IsReferredAsync(blob, owner, cancellationToken) && await blobs.OwnerAsync(blob, cancellationToken) is not null;

    /// <summary>The same where nobody knows any more whose a blob was: the whole index is asked, once for all of them.</summary>
    private async ValueTask<HashSet<BlobId>> OrphansOfNobodyAsync(CancellationToken cancellationToken)
    {
        HashSet<BlobId> nobodys = [.. _doubted.Where(doubt => doubt.Value.Owner is null).Select(doubt => doubt.Key)];
        if (nobodys.Count == 0)
        {
            return nobodys;
        }

        nobodys = await _search.UnreferencedAsync(nobodys, new HashSet<(BucketId, UploadId)>(), cancellationToken);
        var standing = new HashSet<BlobId>();
        foreach (var range in nobodys.Select(blob => _doubted[blob].Range).ToHashSet())
        {
            await foreach (var blob in blobs.ListAsync(range, cancellationToken))
            {
                standing.Add(blob);
            }
        }

        nobodys.IntersectWith(standing);
        return nobodys;
    }

    private async ValueTask ReportAsync(BlobId blob, BlobOwner? owner, CancellationToken cancellationToken)
    {
        var named = options.Repair && owner is not null
            && await NameAsync(owner.Bucket, owner.Key, [blob], null, cancellationToken);
        findings.Add(new FsckFinding(
            FsckFindingKind.Orphan,
            named ? "Nothing refers to the blob: the sweepers know of it now." : "Nothing refers to the blob, and no suspicion names it.")
        {
            Bucket = owner is null ? null : NameOf(owner.Bucket),
            Key = owner?.Key.ToString(),
            Version = owner?.Upload is { } upload ? $"upload {upload}" : null,
            Blob = blob,
            Repaired = named,
        });
    }

    /// <summary>An upload's key stands with its parts' blobs; one whose parts all lie in their rows is no more than these.</summary>
    private async ValueTask<bool> NameUploadAsync(BucketId bucket, UploadId upload, CancellationToken cancellationToken)
    {
        await foreach (var part in _parts.AllAsync(bucket, upload, 0, cancellationToken))
        {
            if (part.Record.Stored is { } stored && await blobs.OwnerAsync(stored.Blob, cancellationToken) is { } owner)
            {
                return await NameAsync(bucket, owner.Key, [], upload, cancellationToken);
            }
        }

        await index.RemovePartsAsync(bucket, upload, cancellationToken);
        return true;
    }

    /// <summary>A commit that changes no row and says what it lets go of: the store names that, durably.</summary>
    private async ValueTask<bool> NameAsync(
        BucketId bucket, ObjectKey key, IReadOnlyList<BlobId> releases, UploadId? endsUpload, CancellationToken cancellationToken)
    {
        if (await index.GetConfigurationAsync(bucket, cancellationToken) is not { } configuration)
        {
            return false;
        }

        var commit = new IndexCommit
        {
            Bucket = bucket,
            Key = key,
            Epoch = configuration.Epoch,
            Started = time.GetUtcNow(),
            Releases = releases,
            EndsUpload = endsUpload,
        };
        return (await index.CommitAsync(commit, cancellationToken)).Outcome == CommitOutcome.Applied;
    }

    private string NameOf(BucketId bucket) => names.GetValueOrDefault(bucket) ?? bucket.ToString();
}
