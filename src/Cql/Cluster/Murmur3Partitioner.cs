using System.Buffers.Binary;
using System.Numerics;

namespace S3Cassandra.Cql.Cluster;

/// <summary>
/// Cassandra's Murmur3Partitioner: the first half of MurmurHash3 x64 128 with the seed 0, whose last bytes (those after the last whole
/// 16) are extended with their sign where the original takes them unsigned (MurmurHash.java, hash3_x64_128). A key's token places it on the ring.
/// </summary>
internal static class Murmur3Partitioner
{
    private const ulong C1 = 0x87C37B91114253D5;
    private const ulong C2 = 0x4CF5AD432745937F;
    private const int BlockSize = 16;
    private const int HalfSize = 8;

    /// <param name="routingKey">The serialized partition key, see <see cref="RoutingKey"/>.</param>
    public static long Token(ReadOnlySpan<byte> routingKey)
    {
        ulong h1 = 0, h2 = 0;
        var rest = routingKey;
        while (rest.Length >= BlockSize)
        {
            h1 ^= MixFirst(BinaryPrimitives.ReadUInt64LittleEndian(rest));
            h1 = ((BitOperations.RotateLeft(h1, 27) + h2) * 5) + 0x52DCE729;
            h2 ^= MixSecond(BinaryPrimitives.ReadUInt64LittleEndian(rest[HalfSize..]));
            h2 = ((BitOperations.RotateLeft(h2, 31) + h1) * 5) + 0x38495AB5;
            rest = rest[BlockSize..];
        }
        if (rest.Length > HalfSize)
        {
            h2 ^= MixSecond(SignExtended(rest[HalfSize..]));
            rest = rest[..HalfSize];
        }
        if (rest.Length > 0)
        {
            h1 ^= MixFirst(SignExtended(rest));
        }

        h1 ^= (ulong)routingKey.Length;
        h2 ^= (ulong)routingKey.Length;
        h1 += h2;
        h2 += h1;
        var token = (long)(Finish(h1) + Finish(h2));

        // The smallest value is kept for the ring's beginning.
        return token == long.MinValue ? long.MaxValue : token;
    }

    private static ulong SignExtended(ReadOnlySpan<byte> tail)
    {
        ulong mixed = 0;
        for (var i = 0; i < tail.Length; i++)
        {
            mixed ^= (ulong)(long)(sbyte)tail[i] << (8 * i);
        }
        return mixed;
    }

    private static ulong MixFirst(ulong k) => BitOperations.RotateLeft(k * C1, 31) * C2;

    private static ulong MixSecond(ulong k) => BitOperations.RotateLeft(k * C2, 33) * C1;

    private static ulong Finish(ulong h)
    {
        h ^= h >> 33;
        h *= 0xFF51AFD7ED558CCD;
        h ^= h >> 33;
        h *= 0xC4CEB9FE1A85EC53;
        return h ^ (h >> 33);
    }
}
