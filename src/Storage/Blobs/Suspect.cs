using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Blobs;

/// <summary>Something that may be garbage, named durably before it could become so.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Blob">The blob; default for <see cref="SuspectKind.EndedUpload"/>.</param>
/// <param name="Owner">Where its reference may stand; null when the store no longer knows (the sweeper then asks the whole index).</param>
/// <param name="Since">When it was named.</param>
/// <param name="UnreferencedSince">When a first look found no reference; null before that.</param>
public sealed record Suspect(SuspectKind Kind, BlobId Blob, BlobOwner? Owner, DateTimeOffset Since, DateTimeOffset? UnreferencedSince)
{
    /// <summary>Tells this naming from another one of the same thing, where a store keeps them apart; else empty.</summary>
    public Guid Stamp { get; init; }
}
