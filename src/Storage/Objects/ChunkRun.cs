using S3Cassandra.Storage.Encryption;

namespace S3Cassandra.Storage.Objects;

/// <summary>A chunk to be read, and which of its bytes (as the client sees them) are wanted.</summary>
/// <param name="Part">The part that it belongs to.</param>
/// <param name="Number">The chunk's number in the part's blob.</param>
/// <param name="IsLast">Whether it is the blob's last chunk.</param>
/// <param name="Length">How many client's bytes the chunk holds.</param>
/// <param name="Skip">The first byte wanted.</param>
/// <param name="Count">How many are wanted.</param>
internal readonly record struct ChunkRun(ObjectPart Part, int Number, bool IsLast, int Length, int Skip, int Count)
{
    /// <summary>The parts that a range of an object's bytes lies in.</summary>
    public static IEnumerable<ObjectPart> PartsOf(IReadOnlyList<ObjectPart> parts, long offset, long count)
    {
        var start = 0L;
        foreach (var part in parts)
        {
            if (start < offset + count && offset < start + part.Size)
            {
                yield return part;
            }

            start += part.Size;
        }
    }

    /// <summary>The chunks that hold a range of an object's bytes, in order. A seek: parts and chunks before it are not looked at.</summary>
    public static IEnumerable<ChunkRun> Cover(IReadOnlyList<ObjectPart> parts, long offset, long count)
    {
        var partStart = 0L;
        foreach (var part in parts)
        {
            var (from, to) = (Math.Max(offset, partStart) - partStart, Math.Min(offset + count, partStart + part.Size) - partStart);
            partStart += part.Size;
            if (from >= to)
            {
                continue;
            }

            var size = part.Nonce.IsEmpty ? part.ChunkSize : ChunkCipher.PlainChunkSize(part.ChunkSize);
            var last = (int)((part.Size - 1) / size);
            for (var number = (int)(from / size); number <= last && (long)number * size < to; number++)
            {
                var start = (long)number * size;
                var length = (int)Math.Min(size, part.Size - start);
                var skip = (int)Math.Max(0, from - start);
                yield return new ChunkRun(part, number, number == last, length, skip, (int)Math.Min(length, to - start) - skip);
            }
        }
    }
}
