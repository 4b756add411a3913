using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.Storage.Objects;

/// <summary>
/// Carries a change of one key through: read, decide, commit on the condition that the key's head is as read, and again when it was not.
/// </summary>
internal sealed class KeyCommitter(
    IObjectIndex index, BucketConfigurations configurations, IBlobStore blobs, TimeProvider time, Random? random = null)
{
    /// <summary>How often a write meets a changed head before it may give up, and a conditional one does: 409.</summary>
    private const int ConditionalAttempts = 20;

    /// <summary>The first retries follow at once; later ones wait a random time below a growing bound.</summary>
    private const int EagerAttempts = 4;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);

    /// <summary>An unconditional write goes on for as long as a client waits.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Draws the pauses between attempts; a simulation brings its own, to be repeatable.</summary>
    private readonly Random _random = random ?? Random.Shared;

    /// <summary>Done, what the change ends with, Conflict, BucketGone or Unknown; after the latter nothing may be freed.</summary>
    public async ValueTask<WriteOutcome> RunAsync(IKeyChange change, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var read = change.Read;
        var wasFenced = false;
        var mayGuess = !change.IsConditional;
        KeyRows? seen = null;
        for (var attempt = 1; ;)
        {
            if ((seen ?? await index.ReadAsync(change.Bucket, read with { ForCommit = mayGuess }, cancellationToken)) is not { } rows
                || await configurations.GetAsync(change.Bucket, rows.Epoch, cancellationToken) is not { } versioning)
            {
                return new WriteOutcome(WriteStatus.BucketGone);
            }

            var isGuess = mayGuess && seen is null;
            (mayGuess, seen) = (false, null);
            var step = change.Next(read, rows, versioning);
            if (step.ReadMore is not null || (step.Commit is null && isGuess))
            {
                read = step.ReadMore ?? read;
                continue;
            }

            if (step.Commit is null)
            {
                return step.Outcome with { Versioned = versioning != VersioningState.Unversioned };
            }

            var result = await CommitAsync(change.Bucket, read.Key, rows, versioning, step.Commit, cancellationToken);
            switch (result.Outcome)
            {
                case CommitOutcome.Applied:
                    return step.Outcome with { Versioned = versioning != VersioningState.Unversioned };
                case CommitOutcome.BucketGone:
                    return new WriteOutcome(WriteStatus.BucketGone);
                case CommitOutcome.Unknown:
                case CommitOutcome.Fenced when wasFenced:
                    // Fenced twice, its blob is too old to be referred to: the sweeper may have freed it.
                    return new WriteOutcome(WriteStatus.Unknown);
                case CommitOutcome.Fenced:
                    wasFenced = true;
                    break;
            }

            if (attempt >= ConditionalAttempts && (change.IsConditional || time.GetElapsedTime(begun) > Patience))
            {
                return new WriteOutcome(WriteStatus.Conflict);
            }

            // A refusal shows the heads as they are: who wants no more than those, and goes again at once, need not read them.
            seen = attempt <= EagerAttempts && change.Read == new KeyRead(change.Read.Key) ? result.Current : null;
            await PauseAsync(attempt++, cancellationToken);
            read = change.Read;
        }
    }

    private async ValueTask<CommitResult> CommitAsync(
        BucketId bucket, ObjectKey key, KeyRows rows, VersioningState versioning, KeyCommit commit, CancellationToken cancellationToken)
    {
        var conditions = ConditionsOn(rows, versioning);
        if (commit.EndsUpload is { } upload)
        {
            var address = new RowAddress(IndexSection.Upload, upload.Id.ToBytes());
            conditions = [.. conditions, new RowCondition(address, upload.Ver)];
            commit.Deletes.Add(address);
        }

        var request = new IndexCommit
        {
            Bucket = bucket,
            Key = key,
            Epoch = rows.Epoch,
            Started = commit.Started,
            Conditions = conditions,
            Writes = commit.Writes,
            Deletes = commit.Deletes,
            Releases = commit.Releases.Count == 0 ? [] : await BlobsAsync(commit.Releases, cancellationToken),
            EndsUpload = commit.EndsUpload?.Id,
        };
        return await index.CommitAsync(request, cancellationToken);
    }

    /// <summary>
    /// As few as say it, for each costs a row that every replica reads: the head that is there, which whatever touches the key renews; or that
    /// there is none, which an unversioned bucket of this epoch can have hidden nowhere.
    /// </summary>
    private static RowCondition[] ConditionsOn(KeyRows rows, VersioningState versioning)
    {
        if (rows.AnyHead is { } head)
        {
            return [new RowCondition(head.Address, head.Ver)];
        }

        var shown = new RowCondition(RowAddress.Head, null);
        return versioning == VersioningState.Unversioned ? [shown] : [shown, new RowCondition(RowAddress.HiddenHead, null)];
    }

    /// <summary>Every blob of these versions, those listed in manifests included.</summary>
    private async ValueTask<List<BlobId>> BlobsAsync(List<ObjectRecord> released, CancellationToken cancellationToken)
    {
        var all = new List<BlobId>();
        foreach (var record in released)
        {
            all.AddRange(BlobsOf(record.Parts));
            if (record.Manifest is { } manifest)
            {
                all.Add(manifest.Blob);
                all.AddRange(await ListedAsync(manifest, cancellationToken));
            }
        }

        return all;
    }

    /// <summary>A manifest that cannot be read must not keep its object from being deleted: fsck finds the parts as orphans.</summary>
    private async ValueTask<IEnumerable<BlobId>> ListedAsync(ObjectPart manifest, CancellationToken cancellationToken)
    {
        try
        {
            return BlobsOf(await ManifestReader.ReadAsync(blobs, manifest, cancellationToken));
        }
        catch (CorruptDataException)
        {
            return [];
        }
    }

    /// <summary>The last part of an upload may be empty, and then lies nowhere.</summary>
    private static IEnumerable<BlobId> BlobsOf(IReadOnlyList<ObjectPart> parts) => parts.Where(part => part.Size > 0).Select(part => part.Blob);

    private Task PauseAsync(int attempt, CancellationToken cancellationToken)
    {
        if (attempt <= EagerAttempts)
        {
            return Task.CompletedTask;
        }

        var bound = Math.Min(LongestPause.TotalMilliseconds, 1 << Math.Min(attempt - EagerAttempts, 10));
        return Task.Delay(TimeSpan.FromMilliseconds(_random.NextDouble() * bound), time, cancellationToken);
    }
}
