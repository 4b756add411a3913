using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace S3Cassandra.Storage.Blobs;

/// <summary>
/// CRC-64/NVME of bytes in memory, 64 at a time where the processor multiplies four lanes without carry at once (VPCLMULQDQ with AVX-512).
/// Every chunk that is served is summed first, which took a seventh of a large GET with System.IO.Hashing (16 bytes at a time; it still
/// sums short runs, and on other processors). In turns with it: GET of 1 MiB +12 %, of 64 KiB +9 %, of a range +8 %.
/// </summary>
/// <seealso href="https://www.intel.com/content/dam/www/public/us/en/documents/white-papers/fast-crc-computation-generic-polynomials-pclmulqdq-paper.pdf"/>
internal static class Crc64Nvme
{
    /// <summary>The polynomial without its highest term, bits reflected: the lowest bit is the coefficient of x^63.</summary>
    private const ulong Polynomial = 0x9A6C9329AC4BC9B5;

    private const int Lane = 16;
    private const int Vector = 4 * Lane;
    private const int Stride = 4 * Vector;

    private static readonly Vector512<ulong> OverStride = Vector512.Create(Shift(Stride));
    private static readonly Vector512<ulong> OverVector = Vector512.Create(Shift(Vector));
    private static readonly Vector128<ulong> OverLane = Shift(Lane);

    public static ulong Hash(ReadOnlySpan<byte> data) => Pclmulqdq.V512.IsSupported && data.Length >= Stride
        ? HashWide(data)
        : Crc64.HashToUInt64(Crc64ParameterSet.Nvme, data);

    private static ulong HashWide(ReadOnlySpan<byte> data)
    {
        ref var start = ref MemoryMarshal.GetReference(data);
        var (at, length) = ((nuint)0, (nuint)data.Length);

        // The register's ones at the start are part of the first bytes.
        var first = Load(ref start, 0) ^ Vector512.CreateScalar(ulong.MaxValue);
        var second = Load(ref start, Vector);
        var third = Load(ref start, 2 * Vector);
        var fourth = Load(ref start, 3 * Vector);
        for (at = Stride; at + Stride <= length; at += Stride)
        {
            first = Fold(first, OverStride) ^ Load(ref start, at);
            second = Fold(second, OverStride) ^ Load(ref start, at + Vector);
            third = Fold(third, OverStride) ^ Load(ref start, at + (2 * Vector));
            fourth = Fold(fourth, OverStride) ^ Load(ref start, at + (3 * Vector));
        }

        second ^= Fold(first, OverVector);
        third ^= Fold(second, OverVector);
        fourth ^= Fold(third, OverVector);
        for (; at + Vector <= length; at += Vector)
        {
            fourth = Fold(fourth, OverVector) ^ Load(ref start, at);
        }

        var rest = fourth.GetLower().GetLower();
        rest = Fold(rest) ^ fourth.GetLower().GetUpper();
        rest = Fold(rest) ^ fourth.GetUpper().GetLower();
        rest = Fold(rest) ^ fourth.GetUpper().GetUpper();
        for (; at + Lane <= length; at += Lane)
        {
            rest = Fold(rest) ^ Vector128.LoadUnsafe(ref start, at).AsUInt64();
        }

        return Finish(rest, data[(int)at..]);
    }

    /// <summary>The sum of what is left: 16 bytes that stand for all before, without the register's ones, which it takes away again.</summary>
    private static ulong Finish(Vector128<ulong> rest, ReadOnlySpan<byte> tail)
    {
        Span<byte> left = stackalloc byte[2 * Lane];
        (rest ^ Vector128.CreateScalar(ulong.MaxValue)).AsByte().CopyTo(left);
        tail.CopyTo(left[Lane..]);
        return Crc64.HashToUInt64(Crc64ParameterSet.Nvme, left[..(Lane + tail.Length)]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Load(ref byte start, nuint at) => Vector512.LoadUnsafe(ref start, at).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Fold(Vector512<ulong> lanes, Vector512<ulong> over) =>
        Pclmulqdq.V512.CarrylessMultiply(lanes, over, 0x00) ^ Pclmulqdq.V512.CarrylessMultiply(lanes, over, 0x11);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Fold(Vector128<ulong> lane) =>
        Pclmulqdq.CarrylessMultiply(lane, OverLane, 0x00) ^ Pclmulqdq.CarrylessMultiply(lane, OverLane, 0x11);

    /// <summary>
    /// What moves a lane over so many bytes: x^(d+63) for its first half, which stands 64 bits higher, and x^(d-1) for the second. A product
    /// of reflected polynomials comes out multiplied by x, hence one power less.
    /// </summary>
    private static Vector128<ulong> Shift(int bytes) => Vector128.Create(PowerOfX((8 * bytes) + 63), PowerOfX((8 * bytes) - 1));

    private static ulong PowerOfX(int exponent)
    {
        var power = 1UL << 63;
        for (; exponent > 0; exponent--)
        {
            power = (power & 1) != 0 ? (power >> 1) ^ Polynomial : power >> 1;
        }

        return power;
    }
}
