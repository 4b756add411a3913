using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Packing;

namespace S3Cassandra.Storage.Objects;

/// <summary>The packed form of <see cref="ObjectPart"/>, in records and in manifests.</summary>
public static class ObjectPartCodec
{
    private const byte ManifestFormat = 1;

    /// <summary>An upper bound for one packed part, without checksum and nonce about 40 bytes: what decides whether parts fit a row.</summary>
    public const int MaxPartLength = 3 + 16 + 5 + 10 + 4 + 32 + 9;

    /// <summary>The bytes of a manifest blob.</summary>
    public static byte[] EncodeManifest(IReadOnlyList<ObjectPart> parts)
    {
        var writer = new PackedWriter(stackalloc byte[1024]);
        try
        {
            writer.Byte(ManifestFormat);
            WriteAll(ref writer, parts);
            return writer.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <exception cref="CorruptDataException">It is not one of ours.</exception>
    public static IReadOnlyList<ObjectPart> DecodeManifest(ReadOnlySpan<byte> manifest)
    {
        var reader = new PackedReader(manifest);
        return reader.Byte() == ManifestFormat ? ReadAll(ref reader) : throw new CorruptDataException("A manifest has an unknown format.");
    }

    internal static void WriteAll(ref PackedWriter writer, IReadOnlyList<ObjectPart> parts)
    {
        writer.Number((ulong)parts.Count);
        foreach (var part in parts)
        {
            Write(ref writer, part);
        }
    }

    internal static ObjectPart[] ReadAll(ref PackedReader reader)
    {
        var parts = new ObjectPart[reader.Count()];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = Read(ref reader);
        }

        return parts;
    }

    internal static void Write(ref PackedWriter writer, ObjectPart part)
    {
        writer.Number((ulong)part.Number);
        writer.Guid(part.Blob.Value);
        writer.Number((ulong)part.ChunkSize);
        writer.Number((ulong)part.Size);
        ObjectRecordCodec.WriteChecksum(ref writer, part.Checksum);
        writer.Bytes(part.Nonce.Span);
    }

    internal static ObjectPart Read(ref PackedReader reader)
    {
        var number = reader.Int32();
        var blob = new BlobId(reader.Guid());
        var chunkSize = reader.Int32();
        var size = reader.Int64();
        var checksum = ObjectRecordCodec.ReadChecksum(ref reader);
        var nonce = reader.Bytes();
        return new ObjectPart(number, blob, chunkSize, size, checksum, nonce.IsEmpty ? default : nonce.ToArray());
    }
}
