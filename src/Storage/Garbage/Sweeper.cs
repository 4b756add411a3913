using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Objects;
using S3Cassandra.Storage.Uploads;

namespace S3Cassandra.Storage.Garbage;

/// <summary>
/// Frees what nothing refers to. Everything that could become garbage was named as a suspect before it could; the sweeper looks at each
/// after a while. A blob that a row refers to is no garbage. One that none refers to is fenced off from commits that may still be on
/// their way (an Unknown that takes effect later), marked, and, if a second look finds no reference and no pin either, freed. Every step
/// may be the last one before a crash: the suspicion goes last.
/// </summary>
public sealed class Sweeper
{
    /// <summary>Blobs are named to the millisecond, commits begun before them to the tick.</summary>
    private static readonly TimeSpan ClockGrain = TimeSpan.FromMilliseconds(1);

    private static readonly HashSet<(Identifiers.BucketId, Identifiers.UploadId)> NoUploads = [];

    private readonly IObjectIndex _index;
    private readonly IBlobStore _blobs;
    private readonly SweeperOptions _options;
    private readonly TimeProvider _time;
    private readonly BlobReferences _references;
    private readonly EndedUploads _endedUploads;
    private readonly IndexSearch _search;

    public Sweeper(IObjectIndex index, IBlobStore blobs, SweeperOptions options, TimeProvider time)
    {
        _index = index;
        _blobs = blobs;
        _options = options;
        _time = time;
        var parts = new UploadParts(index, blobs);
        var records = new KeyRecords(index);
        var manifests = new ManifestCache(new PartManifests(blobs));
        _references = new BlobReferences(records, manifests, parts);
        _endedUploads = new EndedUploads(index, blobs, records, manifests, parts);
        _search = new IndexSearch(index, manifests, parts);
    }

    /// <summary>Sweeps again and again until it is cancelled. A pass that fails is reported and followed by the next.</summary>
    public async Task RunAsync(IProgress<SweepReport>? progress, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(_options.Interval, _time, cancellationToken);
            SweepReport report;
            try
            {
                report = await SweepAsync(cancellationToken);
            }
            catch (Exception exception) when (exception is StoreUnavailableException or CorruptDataException)
            {
                report = new SweepReport(0, 0, 0, 0, 0, 1, exception);
            }

            progress?.Report(report);
        }
    }

    /// <summary>One pass over the suspects that are due.</summary>
    public async ValueTask<SweepReport> SweepAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var tally = new SweepTally();
        var ownerless = new OwnerlessSuspects();
        var suspects = _blobs.SuspectsAsync(now - _options.LeastGrace, cancellationToken);
        if (_options.Concurrency == 1)
        {
            await foreach (var suspect in suspects)
            {
                await LookAsync(suspect, cancellationToken);
            }
        }
        else
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.Concurrency, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(suspects, parallel, LookAsync);
        }

        if (ownerless.All.Count > 0)
        {
            await LookAtOwnerlessAsync(ownerless.All, tally, cancellationToken);
        }

        return tally.Report();

        async ValueTask LookAsync(Suspect suspect, CancellationToken token)
        {
            if (!IsDue(suspect, now))
            {
                return;
            }

            tally.Look();
            if (suspect.Owner is null)
            {
                ownerless.Add(suspect);
            }
            else
            {
                await TryAsync(suspect, suspect.Owner, tally, token);
            }
        }
    }

    private bool IsDue(Suspect suspect, DateTimeOffset now) =>
        now - suspect.Since >= (suspect.Kind == SuspectKind.Written ? _options.WrittenGrace : _options.ReleasedGrace)
        && (suspect.UnreferencedSince is not { } since || now - since >= _options.SecondLook);

    private async ValueTask TryAsync(Suspect suspect, BlobOwner owner, SweepTally tally, CancellationToken cancellationToken)
    {
        try
        {
            if (suspect.Kind == SuspectKind.EndedUpload)
            {
                await LookAtUploadAsync(suspect, owner, tally, cancellationToken);
            }
            else
            {
                await LookAtBlobAsync(suspect, owner, tally, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is StoreUnavailableException or CorruptDataException)
        {
            // What cannot be read may refer to anything: it stays a suspect.
            tally.Fail(exception);
        }
    }

    private async ValueTask LookAtBlobAsync(Suspect suspect, BlobOwner owner, SweepTally tally, CancellationToken cancellationToken)
    {
        var reference = await _references.FindAsync(owner, suspect.Blob, cancellationToken);
        if (reference == BlobReference.None && suspect is { Kind: SuspectKind.Written, UnreferencedSince: null })
        {
            // A commit that refers to it may be on its way. From here on it cannot apply; if it has by now, this look sees it.
            await _index.FenceAsync(owner.Bucket, owner.Key, owner.Upload, suspect.Since + ClockGrain, cancellationToken);
            CrashPoint.Hit("sweep-after-fence");
            reference = await _references.FindAsync(owner, suspect.Blob, cancellationToken);
        }

        switch (reference)
        {
            case BlobReference.Found:
                await SettleReferencedAsync(suspect, tally, cancellationToken);
                break;
            case BlobReference.Unsettled:
                tally.Postpone();
                break;
            case BlobReference.None when suspect.UnreferencedSince is null:
                await MarkAsync(suspect, tally, cancellationToken);
                break;
            default:
                await FreeAsync(suspect, tally, cancellationToken);
                break;
        }
    }

    private async ValueTask LookAtUploadAsync(Suspect suspect, BlobOwner owner, SweepTally tally, CancellationToken cancellationToken)
    {
        if (owner.Upload is not { } upload)
        {
            await ClearAsync(suspect, tally, cancellationToken);
            return;
        }

        var (walk, hasObject) = await _endedUploads.LookAsync(owner, upload, cancellationToken);
        if (walk.UploadStands)
        {
            // The commit that was to end it has not, or not yet.
            await SettleReferencedAsync(suspect, tally, cancellationToken);
        }
        else if (walk.Status == KeyWalkStatus.Unsettled)
        {
            tally.Postpone();
        }
        else if (!hasObject && suspect.UnreferencedSince is null)
        {
            await MarkAsync(suspect, tally, cancellationToken);
        }
        else if (await _endedUploads.FreeAsync(owner, upload, cancellationToken) is { } freed)
        {
            tally.Free(freed);
            await ClearAsync(suspect, tally, cancellationToken);
        }
        else
        {
            tally.Postpone();
        }
    }

    /// <summary>A row refers to it. One that was begun is settled; one that was to be released may yet be, by a commit on its way.</summary>
    private async ValueTask SettleReferencedAsync(Suspect suspect, SweepTally tally, CancellationToken cancellationToken)
    {
        if (suspect.Kind == SuspectKind.Written || _time.GetUtcNow() - suspect.Since >= _options.Retire)
        {
            await ClearAsync(suspect, tally, cancellationToken);
        }
        else
        {
            tally.Postpone();
        }
    }

    private async ValueTask MarkAsync(Suspect suspect, SweepTally tally, CancellationToken cancellationToken)
    {
        CrashPoint.Hit("sweep-before-mark");
        await _blobs.MarkUnreferencedAsync(suspect, _time.GetUtcNow(), cancellationToken);
        tally.Mark();
    }

    private async ValueTask FreeAsync(Suspect suspect, SweepTally tally, CancellationToken cancellationToken)
    {
        CrashPoint.Hit("sweep-before-free");
        if (!await _blobs.DeleteAsync(suspect.Blob, cancellationToken))
        {
            tally.Postpone();
            return;
        }

        CrashPoint.Hit("sweep-after-free");
        tally.Free(1);
        await ClearAsync(suspect, tally, cancellationToken);
    }

    private async ValueTask ClearAsync(Suspect suspect, SweepTally tally, CancellationToken cancellationToken)
    {
        await _blobs.ClearAsync(suspect, cancellationToken);
        CrashPoint.Hit("sweep-after-clear");
        tally.Clear();
    }

    /// <summary>Nobody knows any more where a reference would stand: the whole index is asked, once for all of them.</summary>
    private async ValueTask LookAtOwnerlessAsync(IReadOnlyList<Suspect> suspects, SweepTally tally, CancellationToken cancellationToken)
    {
        try
        {
            var unreferenced = await _search.UnreferencedAsync([.. suspects.Select(suspect => suspect.Blob)], NoUploads, cancellationToken);
            foreach (var suspect in suspects)
            {
                if (!unreferenced.Contains(suspect.Blob))
                {
                    await SettleReferencedAsync(suspect, tally, cancellationToken);
                }
                else if (suspect.UnreferencedSince is null)
                {
                    await MarkAsync(suspect, tally, cancellationToken);
                }
                else
                {
                    await FreeAsync(suspect, tally, cancellationToken);
                }
            }
        }
        catch (Exception exception) when (exception is StoreUnavailableException or CorruptDataException)
        {
            tally.Fail(exception);
        }
    }
}
