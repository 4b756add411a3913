using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Index;

/// <summary>
/// An all-or-nothing change of one key's rows. No address occurs twice among <see cref="Writes"/> and <see cref="Deletes"/>.
/// A commit that touches a head, a hidden head or a version is conditioned on the key's head (invariant 13) and renews or
/// deletes it: the head is the key's lock (design, section 5). Its memory is never changed afterwards: it may outlive a caller that gave up.
/// </summary>
public sealed class IndexCommit
{
    public required BucketId Bucket { get; init; }

    public required ObjectKey Key { get; init; }

    /// <summary>The configuration epoch that the writer acted on; another one in force refuses the commit.</summary>
    public required int Epoch { get; init; }

    /// <summary>When the upload of the oldest blob that this commit refers to began; a sweeper's fence refuses what is too old.</summary>
    public required DateTimeOffset Started { get; init; }

    public IReadOnlyList<RowCondition> Conditions { get; init; } = [];

    public IReadOnlyList<RowWrite> Writes { get; init; } = [];

    public IReadOnlyList<RowAddress> Deletes { get; init; } = [];

    /// <summary>Blobs that no row refers to any more once this commit applies. The store names them as suspects, durably, before it can.</summary>
    public IReadOnlyList<BlobId> Releases { get; init; } = [];

    /// <summary>Uploads whose row this commit deletes; their parts become suspects in the same way.</summary>
    public UploadId? EndsUpload { get; init; }
}
