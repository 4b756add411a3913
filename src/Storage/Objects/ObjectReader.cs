using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Encryption;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.Storage.Objects;

/// <summary>Finds versions and opens their bytes.</summary>
public sealed class ObjectReader(IObjectIndex index, BucketConfigurations configurations, IBlobStore blobs, ChunkLending? lending = null)
{
    private readonly ChunkLending _lending = lending ?? new ChunkLending(blobs, TimeProvider.System);
    private readonly PartManifests _manifests = new(blobs);
    private readonly CopySlots _copies = new(blobs);

    /// <summary>Looks a version up; null: the current one.</summary>
    public async ValueTask<ObjectLookup> FindAsync(
        BucketId bucket, ObjectKey key, VersionId? version, bool withBody, CancellationToken cancellationToken)
    {
        var suffix = version is { IsNull: false } id ? id.ToBytes() : null;
        while (true)
        {
            var read = new KeyRead(key, withBody, suffix, ExpectsHead: true);
            if (await index.ReadAsync(bucket, read, cancellationToken) is not { } rows
                || await configurations.GetAsync(bucket, rows.Epoch, cancellationToken) is not { } versioning)
            {
                return new ObjectLookup(LookupStatus.BucketGone, bucket, key) { Asked = version };
            }

            var found = new ObjectLookup(LookupStatus.NotFound, bucket, key)
            {
                Asked = version,
                Versioned = versioning != VersioningState.Unversioned,
            };
            if (version is { IsNull: true } && NullVersionElsewhere(rows) is { Length: > 0 } elsewhere && !IsSame(suffix, elsewhere))
            {
                // The null version is not the current one: its row stands where the head says.
                suffix = elsewhere.ToArray();
                continue;
            }

            return Choose(found, rows, suffix);
        }
    }

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
    public ValueTask<OpenObject?> OpenAsync(
        ObjectLookup found, DataKey? key, long offset, long count, CancellationToken cancellationToken) =>
        LiesInMemory(found, key, offset, count) is { } open
            ? ValueTask.FromResult<OpenObject?>(open)
            : OpenChunksAsync(found, key, offset, count, ChunkReader.UsualReadAhead, cancellationToken);

    /// <summary>The same for bytes that will be stored elsewhere: waits while too many copies run, and reads nothing ahead.</summary>
    /// <param name="found">Found with its body.</param>
    /// <param name="key">The object's key, where it is encrypted.</param>
    /// <param name="offset">The first byte wanted.</param>
    /// <param name="count">How many, all within the object.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async ValueTask<OpenObject?> OpenForCopyAsync(
        ObjectLookup found, DataKey? key, long offset, long count, CancellationToken cancellationToken)
    {
        if (LiesInMemory(found, key, offset, count) is { } inMemory)
        {
            return inMemory;
        }

        var slot = await _copies.EnterAsync(cancellationToken);
        try
        {
            if (await OpenChunksAsync(found, key, offset, count, readAhead: 0, cancellationToken) is { } open)
            {
                open.Holds(slot);
                slot = null;
                return open;
            }

            return null;
        }
        finally
        {
            slot?.Dispose();
        }
    }

    /// <summary>The parts of an object, from its record or its manifest; one for an object put whole whose bytes lie in a blob.</summary>
    public ValueTask<IReadOnlyList<ObjectPart>> PartsAsync(ObjectRecord record, CancellationToken cancellationToken) =>
        record.Manifest is null ? ValueTask.FromResult(record.Parts) : _manifests.ReadAsync(record, cancellationToken);

    private static OpenObject? LiesInMemory(ObjectLookup found, DataKey? key, long offset, long count) =>
        count == 0 ? OpenObject.OfMemory(default)
        : found.Object is { Parts.Count: 0, Manifest: null } ? OpenObject.OfMemory(InlineBytes(found, key).Slice((int)offset, (int)count))
        : null;

    private async ValueTask<OpenObject?> OpenChunksAsync(
        ObjectLookup found, DataKey? key, long offset, long count, int readAhead, CancellationToken cancellationToken)
    {
        var record = found.Object;
        ChunkReader? reader = null;
        try
        {
            var parts = await PartsAsync(record, cancellationToken);
            reader = new ChunkReader(blobs, _lending, parts, offset, count, key, readAhead);
            await reader.StartAsync(cancellationToken);
            return OpenObject.OfChunks(reader);
        }
        catch (CorruptDataException)
        {
            await (reader?.DisposeAsync() ?? ValueTask.CompletedTask);
            var now = await FindAsync(found.Bucket, found.Key, found.Asked, withBody: false, cancellationToken);
            if (now.Status == LookupStatus.Found && IsSameWrite(now.Object, record))
            {
                throw;
            }

            return null;
        }
        catch
        {
            await (reader?.DisposeAsync() ?? ValueTask.CompletedTask);
            throw;
        }
    }

    private static ReadOnlyMemory<byte> InlineBytes(ObjectLookup found, DataKey? key)
    {
        var (record, bytes) = (found.Object, found.Inline);
        if (key is not null)
        {
            var plain = bytes.ToArray();
            using var cipher = key.CreateCipher(record.InlineNonce.Span);
            bytes = plain.AsMemory(0, cipher.DecryptInPlace(default, 0, isLast: true, plain));
        }

        return bytes.Length == record.Size
            ? bytes
            : throw new CorruptDataException($"{found.Key} has {bytes.Length} bytes in its row, and should have {record.Size}.");
    }

    private static ObjectLookup Choose(ObjectLookup found, KeyRows rows, byte[]? suffix)
    {
        if (found.Asked is null)
        {
            // The head alone says what is current; a hidden one is a delete marker.
            return rows.AnyHead is { } head ? Describe(found, head) : found;
        }

        if (suffix is not null && rows.Find(new RowAddress(IndexSection.Version, suffix)) is { } row)
        {
            return Describe(found, row);
        }

        return rows.AnyHead is { } current && Describe(found, current) is var described && described.Object.VersionId == found.Asked
            ? described
            : found with { Status = LookupStatus.NoSuchVersion };
    }

    private static ObjectLookup Describe(ObjectLookup found, IndexRow row)
    {
        var record = ObjectRecordCodec.Decode(row.Record);
        return found with
        {
            Status = record.IsDeleteMarker ? LookupStatus.DeleteMarker : LookupStatus.Found,
            Record = record,
            Inline = row.Body,
        };
    }

    /// <summary>Where the null version's row stands when it is not the current version.</summary>
    private static ReadOnlyMemory<byte> NullVersionElsewhere(KeyRows rows) =>
        KeyHead.Of(rows) is { } head && !head.Record.VersionId.IsNull ? head.NullSuffix : default;

    private static bool IsSame(byte[]? suffix, ReadOnlyMemory<byte> other) => suffix is not null && other.Span.SequenceEqual(suffix);

    private static bool IsSameWrite(ObjectRecord left, ObjectRecord right) =>
        left.VersionId == right.VersionId
        && left.Parts.Select(part => part.Blob).SequenceEqual(right.Parts.Select(part => part.Blob))
        && left.Manifest?.Blob == right.Manifest?.Blob;
}
