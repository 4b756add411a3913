using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Checksums;
using S3Cassandra.Storage.Encryption;

namespace S3Cassandra.Storage.Objects;

/// <summary>Streams a body into the store: hashes it, encrypts it, and puts it in memory for a row or in a blob.</summary>
/// <param name="blobs">Where chunks go.</param>
/// <param name="time">The clock.</param>
/// <param name="inlineThreshold">Up to how many bytes live in rows.</param>
public sealed class BodyStorer(IBlobStore blobs, TimeProvider time, int inlineThreshold)
{
    /// <summary>Reads the body to its end and asks it whether it is what the request promised.</summary>
    /// <param name="body">The bytes.</param>
    /// <param name="owner">Where the reference to a blob will stand.</param>
    /// <param name="key">What to encrypt with; null for not.</param>
    /// <param name="allowInline">False: a blob even for few bytes (an empty body has neither).</param>
    /// <param name="cancellationToken">Ends it; nothing stays.</param>
    public ValueTask<StoredBody> StoreAsync(
        IObjectBody body, BlobOwner owner, DataKey? key, bool allowInline, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{blobs} {time} {inlineThreshold} {body} {owner} {key} {allowInline} {cancellationToken}");
}
