using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Checksums;

namespace S3Cassandra.Storage.Objects;

/// <summary>Puts an object: its bytes, then its version.</summary>
public sealed class ObjectWriter(VersionWriter versions, BodyStorer bodies)
{
    /// <summary>Every status of <see cref="WriteStatus"/> but UploadGone.</summary>
    public async ValueTask<WriteOutcome> PutAsync(PutObjectCommand command, IObjectBody body, CancellationToken cancellationToken)
    {
        var owner = new BlobOwner(command.Bucket, command.Key, null);
        await using var stored = await bodies.StoreAsync(body, owner, command.DataKey, allowInline: true, cancellationToken);
        switch (stored.Status)
        {
            case StoredBodyStatus.Refused:
                return new WriteOutcome(WriteStatus.BodyRefused);
            case StoredBodyStatus.TooLarge:
                return new WriteOutcome(WriteStatus.TooLarge);
        }

        return await CommitAsync(command, stored, cancellationToken);
    }

    private async ValueTask<WriteOutcome> CommitAsync(PutObjectCommand command, StoredBody stored, CancellationToken cancellationToken)
    {
        var write = new VersionWrite
        {
            Bucket = command.Bucket,
            Key = command.Key,
            Version = Describe(command, stored),
            InlineBody = stored.Inline,
            Conditions = command.Conditions,
            Started = stored.Started,
        };
        var mayBeReferred = true;
        try
        {
            CrashPoint.Hit("put-before-commit");
            var outcome = await versions.CommitAsync(write, cancellationToken);
            CrashPoint.Hit("put-after-commit");
            mayBeReferred = outcome.Status is WriteStatus.Done or WriteStatus.Unknown;
            return outcome;
        }
        finally
        {
            if (mayBeReferred)
            {
                stored.Keep();
            }
        }
    }

    private static ObjectRecord Describe(PutObjectCommand command, StoredBody stored) => new()
    {
        Owner = command.Owner,
        Size = stored.Digests!.Length,
        ETag = EntityTag.Format(stored.ETagMd5.Span),
        Checksum = stored.Digests.Checksum,
        Encryption = command.DataKey?.Encryption,
        Headers = command.Headers,
        WebsiteRedirectLocation = command.WebsiteRedirectLocation,
        Metadata = command.Metadata,
        Tags = command.Tags,
        Acl = command.Acl,
        Parts = stored.Part is null ? [] : [stored.Part with { Checksum = null }],
        InlineNonce = stored.InlineNonce,
    };
}
