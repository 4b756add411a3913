using S3Cassandra.Storage.Blobs;

namespace S3Cassandra.Storage.Objects;

/// <summary>Reads the parts of an object that are listed in a blob of their own.</summary>
internal static class ManifestReader
{
    /// <exception cref="CorruptDataException">The manifest is missing or not what was written.</exception>
    public static async ValueTask<IReadOnlyList<ObjectPart>> ReadAsync(IBlobStore blobs, ObjectPart manifest, CancellationToken cancellationToken)
    {
        var bytes = new byte[manifest.Size];
        using var buffer = await blobs.RentChunkAsync(manifest.ChunkSize, cancellationToken);
        var position = 0;
        for (var number = 0; position < bytes.Length; number++)
        {
            var length = await blobs.ReadAsync(manifest.Blob, manifest.ChunkSize, number, buffer, cancellationToken);
            if (length == 0 || length > bytes.Length - position)
            {
                throw new CorruptDataException($"The manifest {manifest.Blob} is not as long as its row says.");
            }

            buffer.Memory[..length].CopyTo(bytes.AsMemory(position));
            position += length;
        }

        return ObjectPartCodec.DecodeManifest(bytes);
    }
}
