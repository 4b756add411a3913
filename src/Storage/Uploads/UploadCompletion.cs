using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.Storage.Uploads;

/// <summary>
/// Makes an upload's parts an object: one commit writes the object and deletes the upload's row, on the condition that it is as it was
/// found, so that of all Completes and Aborts one happens, once. A Complete sent again after it succeeded answers as it did, as long as
/// the object that came of it is the key's current one.
/// </summary>
public sealed class UploadCompletion(
    IObjectIndex index, MultipartUploads uploads, UploadParts parts, PartManifests manifests, VersionWriter versions, TimeProvider time)
{
    /// <summary>Of every part but the last: 5 MiB.</summary>
    public long MinPartSize { get; init; } = PartSelection.MinPartSize;

    /// <summary>An object of more parts lists them in a manifest.</summary>
    public int MaxPartsInRow { get; init; } = PartManifests.MaxPartsInRow;

    /// <summary>Completes the upload, or says why not.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="key">The key that the upload was initiated for.</param>
    /// <param name="id">The upload.</param>
    /// <param name="request">What the client asks for.</param>
    /// <param name="cancellationToken">Ends it; the outcome is unknown once the commit has begun.</param>
    public async ValueTask<CompleteOutcome> CompleteAsync(
        BucketId bucket, ObjectKey key, UploadId id, CompleteUpload request, CancellationToken cancellationToken)
    {
        if (await uploads.FindAsync(bucket, key, id, cancellationToken) is not { } upload)
        {
            return await CompletedBeforeAsync(bucket, key, id, cancellationToken);
        }

        if (!PartSelection.AreInOrder(request.Parts))
        {
            return new CompleteOutcome(CompleteStatus.InvalidPartOrder);
        }

        var selection = new PartSelection(request.Parts, MinPartSize);
        await foreach (var part in parts.AllAsync(bucket, id, 0, cancellationToken))
        {
            selection.Offer(part);
        }

        if (selection.Check(upload.Record) is { } fault)
        {
            // Parts are forgotten once another Complete or Abort has won: then they are not at fault.
            return fault.Status is CompleteStatus.InvalidPart && await uploads.FindAsync(bucket, key, id, cancellationToken) is null
                ? await CompletedBeforeAsync(bucket, key, id, cancellationToken)
                : fault;
        }

        var version = Describe(upload, selection);
        return Mismatch(upload.Record, request, version) is { } mismatch
            ? new CompleteOutcome(mismatch)
            {
                Algorithm = version.Checksum!.Algorithm,
                ChecksumType = upload.Record.ChecksumType,
                ObjectSize = version.Size,
            }
            : await CommitAsync(upload, version, request.Conditions, cancellationToken);
    }

    private static ObjectRecord Describe(FoundUpload upload, PartSelection selection)
    {
        var parts = new List<ObjectPart>(selection.Parts.Count);
        for (var i = 0; i < selection.Parts.Count; i++)
        {
            // Only the last may be empty, and lies nowhere.
            var part = selection.Parts[i];
            parts.Add(part.Stored ?? new ObjectPart(selection.NumberOf(i), default, 0, 0, part.Checksum, default));
        }

        return new ObjectRecord
        {
            Owner = upload.Record.Owner,
            Headers = upload.Record.Headers,
            WebsiteRedirectLocation = upload.Record.WebsiteRedirectLocation,
            Metadata = upload.Record.Metadata,
            Tags = upload.Record.Tags,
            Acl = upload.Record.Acl,
            Encryption = upload.Record.Encryption,
            Size = selection.Size,
            ETag = MultipartChecksum.ETag(selection.Parts),
            Checksum = MultipartChecksum.Of(upload.Record, selection.Parts),
            PartCount = selection.Parts.Count,
            Parts = selection.Size == 0 ? [] : parts,
            Upload = upload.Id,
        };
    }

    private static CompleteStatus? Mismatch(UploadRecord upload, CompleteUpload request, ObjectRecord version)
    {
        if (request.ChecksumType is { } type && type != upload.ChecksumType)
        {
            return CompleteStatus.ChecksumTypeMismatch;
        }

        if (request.ObjectSize is { } size && size != version.Size)
        {
            return CompleteStatus.SizeMismatch;
        }

        if (request.Checksum is not { } expected || version.Checksum is not { } checksum || upload.ChecksumAlgorithm is null)
        {
            // An upload that names no algorithm promises no checksum of the object either; SDKs send one all the same.
            return null;
        }

        if (expected.Algorithm != checksum.Algorithm)
        {
            return CompleteStatus.ChecksumTypeMismatch;
        }

        var same = expected.Value.Span.SequenceEqual(checksum.Value.Span) && (expected.Parts == 0 || expected.Parts == checksum.Parts);
        return same ? null : CompleteStatus.ChecksumMismatch;
    }

    private async ValueTask<CompleteOutcome> CommitAsync(
        FoundUpload upload, ObjectRecord version, WriteConditions conditions, CancellationToken cancellationToken)
    {
        // However old the parts: while the upload's row stands, nothing frees them. Only a manifest is new.
        var started = time.GetUtcNow();
        StoredBody? manifest = null;
        try
        {
            if (version.Parts.Count > MaxPartsInRow)
            {
                var owner = new BlobOwner(upload.Bucket, upload.Key, null);
                manifest = await manifests.WriteAsync(version.Parts, owner, started, cancellationToken);
                CrashPoint.Hit("complete-after-manifest");
                version = version with { Manifest = manifest.Part, Parts = [] };
            }

            var write = new VersionWrite
            {
                Bucket = upload.Bucket,
                Key = upload.Key,
                Version = version,
                Conditions = conditions,
                Started = started,
                EndsUpload = (upload.Id, upload.Ver),
            };
            var outcome = await TryCommitAsync(write, manifest, cancellationToken);
            return outcome.Status is WriteStatus.UploadGone
                ? await CompletedBeforeAsync(upload.Bucket, upload.Key, upload.Id, cancellationToken)
                : new CompleteOutcome(StatusOf(outcome.Status), outcome.Version) { Versioned = outcome.Versioned };
        }
        finally
        {
            if (manifest is not null)
            {
                await manifest.DisposeAsync();
            }
        }
    }

    private async ValueTask<WriteOutcome> TryCommitAsync(VersionWrite write, StoredBody? manifest, CancellationToken cancellationToken)
    {
        WriteOutcome outcome;
        try
        {
            CrashPoint.Hit("complete-before-commit");
            outcome = await versions.CommitAsync(write, cancellationToken);
            CrashPoint.Hit("complete-after-commit");
        }
        catch
        {
            manifest?.Keep();
            throw;
        }

        if (outcome.Status is WriteStatus.Done or WriteStatus.Unknown)
        {
            manifest?.Keep();
        }

        return outcome;
    }

    /// <summary>The upload's row is gone. Where the key's current object came of it, the client only missed the answer.</summary>
    private async ValueTask<CompleteOutcome> CompletedBeforeAsync(
        BucketId bucket, ObjectKey key, UploadId id, CancellationToken cancellationToken)
    {
        if (await index.ReadAsync(bucket, new KeyRead(key), cancellationToken) is not { } rows)
        {
            return new CompleteOutcome(CompleteStatus.BucketGone);
        }

        return rows.Find(RowAddress.Head) is { } head && ObjectRecordCodec.Decode(head.Record) is var current && current.Upload == id
            ? new CompleteOutcome(CompleteStatus.Done, current) { Versioned = current.HasVersionRows }
            : new CompleteOutcome(CompleteStatus.NoSuchUpload);
    }

    private static CompleteStatus StatusOf(WriteStatus status) => status switch
    {
        WriteStatus.Done => CompleteStatus.Done,
        WriteStatus.PreconditionFailed => CompleteStatus.PreconditionFailed,
        WriteStatus.NotFound => CompleteStatus.NotFound,
        WriteStatus.Conflict => CompleteStatus.Conflict,
        WriteStatus.BucketGone => CompleteStatus.BucketGone,
        _ => CompleteStatus.Unknown,
    };
}
