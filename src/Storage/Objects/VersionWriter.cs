using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.Storage.Objects;

/// <summary>
/// Turns "a new version of a key" (an object, or a delete marker) into one commit of the index, whatever the bucket's versioning: reads
/// the key's rows, evaluates the conditions, lists what is released, and tries again when others changed the key meanwhile.
/// </summary>
public sealed class VersionWriter(
    IObjectIndex index, BucketConfigurations configurations, IBlobStore blobs, TimeProvider time, Random? random = null)
{
    private readonly KeyCommitter _committer = new(index, configurations, blobs, time, random);

    /// <summary>
    /// Done, PreconditionFailed, NotFound, UploadGone, Conflict, BucketGone or Unknown. An exception, too, leaves the outcome unknown.
    /// </summary>
    public ValueTask<WriteOutcome> CommitAsync(VersionWrite write, CancellationToken cancellationToken) =>
        _committer.RunAsync(new NewVersionChange(write, time), cancellationToken);
}
