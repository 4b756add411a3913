using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace S3Cassandra.Storage.Checksums.Md5;

/// <summary>
/// Up to eight messages side by side, one per 32-bit lane: MD5's steps depend on one another, so a core computes eight lanes in
/// nearly the time of one.
/// </summary>
internal static unsafe class Md5Vector
{
    public const int Lanes = 8;

    public static bool IsSupported => Avx2.IsSupported && BitConverter.IsLittleEndian;

    /// <summary>Takes <paramref name="blocks"/> blocks of 64 bytes from each lane's pointer into that lane's state.</summary>
    public static void Append(ReadOnlySpan<Md5State> states, byte** lanes, int blocks)
    {
        var a = Vector256.Create(states[0].A, states[1].A, states[2].A, states[3].A, states[4].A, states[5].A, states[6].A, states[7].A);
        var b = Vector256.Create(states[0].B, states[1].B, states[2].B, states[3].B, states[4].B, states[5].B, states[6].B, states[7].B);
        var c = Vector256.Create(states[0].C, states[1].C, states[2].C, states[3].C, states[4].C, states[5].C, states[6].C, states[7].C);
        var d = Vector256.Create(states[0].D, states[1].D, states[2].D, states[3].D, states[4].D, states[5].D, states[6].D, states[7].D);
        var words = stackalloc Vector256<uint>[16];
        fixed (uint* sine = Md5Constants.Sine)
        fixed (int* word = Md5Constants.Word)
        {
            for (var block = 0; block < blocks; block++)
            {
                Transpose(lanes, (nuint)block * 64, words);
                Transpose(lanes, ((nuint)block * 64) + 32, words + 8);
                Block(ref a, ref b, ref c, ref d, words, sine, word);
            }
        }

        for (var i = 0; i < Lanes; i++)
        {
            (states[i].A, states[i].B, states[i].C, states[i].D) = (a[i], b[i], c[i], d[i]);
        }
    }

    private static void Block(
        ref Vector256<uint> a0, ref Vector256<uint> b0, ref Vector256<uint> c0, ref Vector256<uint> d0, Vector256<uint>* m, uint* k, int* w)
    {
        var (a, b, c, d) = (a0, b0, c0, d0);
        for (var i = 0; i < 16; i += 4)
        {
            a = Step(a, b, Vector256.ConditionalSelect(b, c, d), m[w[i]], k[i], 7);
            d = Step(d, a, Vector256.ConditionalSelect(a, b, c), m[w[i + 1]], k[i + 1], 12);
            c = Step(c, d, Vector256.ConditionalSelect(d, a, b), m[w[i + 2]], k[i + 2], 17);
            b = Step(b, c, Vector256.ConditionalSelect(c, d, a), m[w[i + 3]], k[i + 3], 22);
        }

        for (var i = 16; i < 32; i += 4)
        {
            a = Step(a, b, Vector256.ConditionalSelect(d, b, c), m[w[i]], k[i], 5);
            d = Step(d, a, Vector256.ConditionalSelect(c, a, b), m[w[i + 1]], k[i + 1], 9);
            c = Step(c, d, Vector256.ConditionalSelect(b, d, a), m[w[i + 2]], k[i + 2], 14);
            b = Step(b, c, Vector256.ConditionalSelect(a, c, d), m[w[i + 3]], k[i + 3], 20);
        }

        for (var i = 32; i < 48; i += 4)
        {
            a = Step(a, b, b ^ c ^ d, m[w[i]], k[i], 4);
            d = Step(d, a, a ^ b ^ c, m[w[i + 1]], k[i + 1], 11);
            c = Step(c, d, d ^ a ^ b, m[w[i + 2]], k[i + 2], 16);
            b = Step(b, c, c ^ d ^ a, m[w[i + 3]], k[i + 3], 23);
        }

        for (var i = 48; i < 64; i += 4)
        {
            a = Step(a, b, c ^ (b | ~d), m[w[i]], k[i], 6);
            d = Step(d, a, b ^ (a | ~c), m[w[i + 1]], k[i + 1], 10);
            c = Step(c, d, a ^ (d | ~b), m[w[i + 2]], k[i + 2], 15);
            b = Step(b, c, d ^ (c | ~a), m[w[i + 3]], k[i + 3], 21);
        }

        (a0, b0, c0, d0) = (a0 + a, b0 + b, c0 + c, d0 + d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Step(
        Vector256<uint> a, Vector256<uint> b, Vector256<uint> f, Vector256<uint> m, uint k, [ConstantExpected] byte shift)
    {
        var sum = a + (m + Vector256.Create(k)) + f;
        return b + (Avx512F.VL.IsSupported
            ? Avx512F.VL.RotateLeft(sum, shift)
            : Vector256.ShiftLeft(sum, shift) | Vector256.ShiftRightLogical(sum, 32 - shift));
    }

    /// <summary>Eight words of each of the eight lanes, turned so that each vector holds the same word of every lane.</summary>
    private static void Transpose(byte** lanes, nuint offset, Vector256<uint>* words)
    {
        var r0 = Vector256.Load((uint*)(lanes[0] + offset));
        var r1 = Vector256.Load((uint*)(lanes[1] + offset));
        var r2 = Vector256.Load((uint*)(lanes[2] + offset));
        var r3 = Vector256.Load((uint*)(lanes[3] + offset));
        var r4 = Vector256.Load((uint*)(lanes[4] + offset));
        var r5 = Vector256.Load((uint*)(lanes[5] + offset));
        var r6 = Vector256.Load((uint*)(lanes[6] + offset));
        var r7 = Vector256.Load((uint*)(lanes[7] + offset));
        var (t0, t1) = (Avx2.UnpackLow(r0, r1).AsUInt64(), Avx2.UnpackHigh(r0, r1).AsUInt64());
        var (t2, t3) = (Avx2.UnpackLow(r2, r3).AsUInt64(), Avx2.UnpackHigh(r2, r3).AsUInt64());
        var (t4, t5) = (Avx2.UnpackLow(r4, r5).AsUInt64(), Avx2.UnpackHigh(r4, r5).AsUInt64());
        var (t6, t7) = (Avx2.UnpackLow(r6, r7).AsUInt64(), Avx2.UnpackHigh(r6, r7).AsUInt64());
        var (u0, u1) = (Avx2.UnpackLow(t0, t2).AsUInt32(), Avx2.UnpackHigh(t0, t2).AsUInt32());
        var (u2, u3) = (Avx2.UnpackLow(t1, t3).AsUInt32(), Avx2.UnpackHigh(t1, t3).AsUInt32());
        var (u4, u5) = (Avx2.UnpackLow(t4, t6).AsUInt32(), Avx2.UnpackHigh(t4, t6).AsUInt32());
        var (u6, u7) = (Avx2.UnpackLow(t5, t7).AsUInt32(), Avx2.UnpackHigh(t5, t7).AsUInt32());
        words[0] = Avx2.Permute2x128(u0, u4, 0x20);
        words[1] = Avx2.Permute2x128(u1, u5, 0x20);
        words[2] = Avx2.Permute2x128(u2, u6, 0x20);
        words[3] = Avx2.Permute2x128(u3, u7, 0x20);
        words[4] = Avx2.Permute2x128(u0, u4, 0x31);
        words[5] = Avx2.Permute2x128(u1, u5, 0x31);
        words[6] = Avx2.Permute2x128(u2, u6, 0x31);
        words[7] = Avx2.Permute2x128(u3, u7, 0x31);
    }
}
