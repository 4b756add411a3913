using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Encryption;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.Storage.Garbage;

/// <summary>Reads blobs through, chunk by chunk, which verifies each chunk's checksum.</summary>
internal sealed class BlobContents(IBlobStore blobs)
{
    /// <summary>Stored bytes read so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>What is wrong with the blob; null when nothing is.</summary>
    public async ValueTask<string?> VerifyAsync(ObjectPart part, CancellationToken cancellationToken)
    {
        var tag = part.Nonce.IsEmpty ? 0 : ChunkCipher.TagLength;
        var plain = part.ChunkSize - tag;
        if (plain <= 0)
        {
            return $"its chunk size is {part.ChunkSize}";
        }

        using var buffer = await blobs.RentChunkAsync(part.ChunkSize, cancellationToken);
        for (var (number, offset) = (0, 0L); offset < part.Size; number++, offset += plain)
        {
            try
            {
                var length = await blobs.ReadAsync(part.Blob, part.ChunkSize, number, buffer, cancellationToken);
                Bytes += length;
                if (length != Math.Min(plain, part.Size - offset) + tag)
                {
                    return $"chunk {number} has {length} bytes";
                }
            }
            catch (CorruptDataException exception)
            {
                return exception.Message;
            }
        }

        return null;
    }

    /// <summary>Whether its first chunk can be read.</summary>
    public async ValueTask<bool> ExistsAsync(BlobId blob, int chunkSize, CancellationToken cancellationToken)
    {
        using var buffer = await blobs.RentChunkAsync(chunkSize, cancellationToken);
        try
        {
            await blobs.ReadAsync(blob, chunkSize, 0, buffer, cancellationToken);
            return true;
        }
        catch (CorruptDataException)
        {
            return false;
        }
    }
}
