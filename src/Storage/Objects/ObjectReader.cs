using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Encryption;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.Storage.Objects;

/// <summary>Finds versions and opens their bytes.</summary>
public sealed class ObjectReader(IObjectIndex index, BucketConfigurations configurations, IBlobStore blobs)
{
    /// <summary>Looks a version up; null: the current one.</summary>
    public ValueTask<ObjectLookup> FindAsync(
        BucketId bucket, ObjectKey key, VersionId? version, bool withBody, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{index} {configurations} {blobs} {bucket} {key} {version} {withBody} {cancellationToken}");

    /// <summary>
    /// Opens bytes of what was found, with the first of them read and verified. Null when they are gone because the key was written
    /// again meanwhile: look it up once more.
    /// </summary>
    /// <param name="found">Found with its body.</param>
    /// <param name="key">The object's key, where it is encrypted.</param>
    /// <param name="offset">The first byte wanted.</param>
    /// <param name="count">How many, all within the object.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CorruptDataException">The bytes are there and not what was written, or missing.</exception>
    public ValueTask<OpenObject?> OpenAsync(ObjectLookup found, DataKey? key, long offset, long count, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{found} {key} {offset} {count} {cancellationToken}");

    /// <summary>The parts of an object, from its record or its manifest; one for an object put whole whose bytes lie in a blob.</summary>
    public ValueTask<IReadOnlyList<ObjectPart>> PartsAsync(ObjectRecord record, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{record} {cancellationToken}");
}
