using S3Cassandra.Storage.Blobs;

namespace S3Cassandra.Storage.Objects;

/// <summary>
/// The blobs that list an object's parts where they are too many for its row. Not encrypted: they hold sizes, checksums and where the
/// parts are, none of the client's bytes.
/// </summary>
public sealed class PartManifests(IBlobStore blobs)
{
    /// <summary>
    /// How many parts a row may list. Some 60 to 100 bytes each: 64 keep a row within 6 KiB, which a listing of 1,000 rows reads through.
    /// </summary>
    public const int MaxPartsInRow = 64;

    /// <summary>Writes a manifest, durably. Hold the body until the outcome of the commit is known.</summary>
    public async ValueTask<StoredBody> WriteAsync(
        IReadOnlyList<ObjectPart> parts, BlobOwner owner, DateTimeOffset started, CancellationToken cancellationToken)
    {
        var manifest = ObjectPartCodec.EncodeManifest(parts);
        var size = blobs.ChunkSize;
        var writer = await blobs.CreateAsync(owner, cancellationToken);
        try
        {
            for (var (number, offset) = (0, 0); offset < manifest.Length; number++, offset += size)
            {
                var length = Math.Min(size, manifest.Length - offset);
                using var chunk = await blobs.RentChunkAsync(size, cancellationToken);
                manifest.AsSpan(offset, length).CopyTo(chunk.Memory.Span);
                var crc = Crc64Nvme.Hash(chunk.Memory.Span[..length]);
                await writer.WriteAsync(number, chunk, length, crc, cancellationToken);
            }

            await writer.CompleteAsync(cancellationToken);
        }
        catch
        {
            await writer.DisposeAsync();
            throw;
        }

        return new StoredBody(StoredBodyStatus.Stored, started, blobs, writer)
        {
            Part = new ObjectPart(0, writer.Id, size, manifest.Length, null, default),
        };
    }

    /// <summary>The parts that a record's manifest lists; those in the record itself where it has none.</summary>
    /// <exception cref="CorruptDataException">The manifest is missing or is not what was written.</exception>
    public async ValueTask<IReadOnlyList<ObjectPart>> ReadAsync(ObjectRecord record, CancellationToken cancellationToken) =>
        record.Manifest is { } manifest ? await ManifestReader.ReadAsync(blobs, manifest, cancellationToken) : record.Parts;
}
