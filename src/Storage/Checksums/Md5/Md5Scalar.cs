using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace S3Cassandra.Storage.Checksums.Md5;

/// <summary>One message at a time.</summary>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc1321#section-3.4"/>
internal static class Md5Scalar
{
    /// <summary>Takes in whole blocks of 64 bytes.</summary>
    public static void Append(Md5State state, ReadOnlySpan<byte> blocks)
    {
        while (blocks.Length >= 64)
        {
            Block(state, MemoryMarshal.Cast<byte, uint>(blocks[..64]));
            blocks = blocks[64..];
        }
    }

    private static void Block(Md5State state, ReadOnlySpan<uint> m)
    {
        var (a, b, c, d) = (state.A, state.B, state.C, state.D);
        ReadOnlySpan<uint> k = Md5Constants.Sine;
        for (var i = 0; i < 16; i += 4)
        {
            a = Step(a, b, d ^ (b & (c ^ d)), m[i] + k[i], 7);
            d = Step(d, a, c ^ (a & (b ^ c)), m[i + 1] + k[i + 1], 12);
            c = Step(c, d, b ^ (d & (a ^ b)), m[i + 2] + k[i + 2], 17);
            b = Step(b, c, a ^ (c & (d ^ a)), m[i + 3] + k[i + 3], 22);
        }

        for (var i = 0; i < 16; i += 4)
        {
            a = Step(a, b, c ^ (d & (b ^ c)), m[((5 * i) + 1) & 15] + k[16 + i], 5);
            d = Step(d, a, b ^ (c & (a ^ b)), m[((5 * i) + 6) & 15] + k[17 + i], 9);
            c = Step(c, d, a ^ (b & (d ^ a)), m[((5 * i) + 11) & 15] + k[18 + i], 14);
            b = Step(b, c, d ^ (a & (c ^ d)), m[((5 * i) + 16) & 15] + k[19 + i], 20);
        }

        for (var i = 0; i < 16; i += 4)
        {
            a = Step(a, b, b ^ c ^ d, m[((3 * i) + 5) & 15] + k[32 + i], 4);
            d = Step(d, a, a ^ b ^ c, m[((3 * i) + 8) & 15] + k[33 + i], 11);
            c = Step(c, d, d ^ a ^ b, m[((3 * i) + 11) & 15] + k[34 + i], 16);
            b = Step(b, c, c ^ d ^ a, m[((3 * i) + 14) & 15] + k[35 + i], 23);
        }

        for (var i = 0; i < 16; i += 4)
        {
            a = Step(a, b, c ^ (b | ~d), m[(7 * i) & 15] + k[48 + i], 6);
            d = Step(d, a, b ^ (a | ~c), m[((7 * i) + 7) & 15] + k[49 + i], 10);
            c = Step(c, d, a ^ (d | ~b), m[((7 * i) + 14) & 15] + k[50 + i], 15);
            b = Step(b, c, d ^ (c | ~a), m[((7 * i) + 21) & 15] + k[51 + i], 21);
        }

        (state.A, state.B, state.C, state.D) = (state.A + a, state.B + b, state.C + c, state.D + d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Step(uint a, uint b, uint f, uint wordAndSine, int shift) =>
        b + BitOperations.RotateLeft(a + f + wordAndSine, shift);
}
