using System.Collections.Concurrent;
using System.Numerics;

namespace S3Cassandra.Cql.Buffers;

/// <summary>
/// The memory that answers are received into. Small sizes go by powers of two, sizes from 64 KiB to 1 MiB by steps of 64 KiB: a chunk of
/// 512 KiB and its row take 576 KiB, where the shared array pool would take 1 MiB. Buffer and wrapper are lent together, so an answer
/// allocates nothing; what is kept is bounded by bytes.
/// </summary>
internal static class BufferPool
{
    public const int Step = 64 * 1024;

    /// <summary>The largest size that is lent from a class of its own and kept: 1 MiB of blob and 64 KiB around it.</summary>
    public const int LargestKept = (17 * Step);

    // 256 B, 512 B … 32 KiB: 8 classes, then 64 KiB … 1,088 KiB: 17.
    private const int SmallClasses = 8;
    private const int SmallestShift = 8;
    private const long MostBytesKept = 64L * 1024 * 1024;

    private static readonly ConcurrentQueue<PooledBuffer>[] Kept = [.. Enumerable.Range(0, SmallClasses + (LargestKept / Step)).Select(_ => new ConcurrentQueue<PooledBuffer>())];
    private static long _bytesKept;

    /// <summary>Bytes that lie unused in the pool.</summary>
    public static long BytesKept => Interlocked.Read(ref _bytesKept);

    /// <summary>Lends memory for <paramref name="length"/> bytes; its content is undefined.</summary>
    public static PooledBuffer Rent(int length)
    {
        var sizeClass = ClassOf(length);
        if (sizeClass < 0)
        {
            var large = new PooledBuffer(GC.AllocateUninitializedArray<byte>(length), -1);
            large.Lend(length);
            return large;
        }
        if (Kept[sizeClass].TryDequeue(out var buffer))
        {
            Interlocked.Add(ref _bytesKept, -buffer.Array.Length);
        }
        else
        {
            buffer = new PooledBuffer(GC.AllocateUninitializedArray<byte>(SizeOf(sizeClass)), sizeClass);
        }
        buffer.Lend(length);
        return buffer;
    }

    internal static void Return(PooledBuffer buffer)
    {
        if (buffer.SizeClass < 0)
        {
            return;
        }
        if (Interlocked.Add(ref _bytesKept, buffer.Array.Length) > MostBytesKept)
        {
            Interlocked.Add(ref _bytesKept, -buffer.Array.Length);
            return;
        }
        Kept[buffer.SizeClass].Enqueue(buffer);
    }

    private static int ClassOf(int length)
    {
        if (length <= Step / 2)
        {
            return Math.Max(0, BitOperations.Log2((uint)Math.Max(1, length - 1)) + 1 - SmallestShift);
        }
        return length <= LargestKept ? SmallClasses - 1 + ((length + Step - 1) / Step) : -1;
    }

    private static int SizeOf(int sizeClass) =>
        sizeClass < SmallClasses ? 1 << (SmallestShift + sizeClass) : (sizeClass - SmallClasses + 1) * Step;
}
