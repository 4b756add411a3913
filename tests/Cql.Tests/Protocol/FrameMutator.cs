namespace S3Cassandra.Cql.Tests.Protocol;

/// <summary>Damages bytes as a fault would, and as malice would: one to three flipped bits, odd bytes, truncations, grown lengths, repeats. The same for the same seed.</summary>
internal sealed class FrameMutator(int seed)
{
    private static readonly byte[][] Lengths =
        [[0xFF, 0xFF], [0x7F, 0xFF], [0x7F, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0xFF], [0x80, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0], [0x00, 0xFF, 0xFF, 0xFF]];

    private readonly Random _random = new(seed);

    public byte[] Mutate(byte[] source)
    {
        var mutant = (byte[])source.Clone();
        for (var i = _random.Next(3); i >= 0 && mutant.Length > 0; i--)
        {
            mutant = MutateOnce(mutant);
        }
        return mutant;
    }

    private byte[] MutateOnce(byte[] bytes)
    {
        var at = _random.Next(bytes.Length);
        switch (_random.Next(6))
        {
            case 0:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                return bytes;
            case 1:
                bytes[at] = (byte)_random.Next(256);
                return bytes;
            case 2:
                return bytes[..at];
            case 3:
                var length = Lengths[_random.Next(Lengths.Length)];
                length.AsSpan(0, Math.Min(length.Length, bytes.Length - at)).CopyTo(bytes.AsSpan(at));
                return bytes;
            case 4:
                bytes[at] = (byte)(bytes[at] + _random.Next(1, 8));
                return bytes;
            default:
                return [.. bytes[..at], .. bytes[(at / 2)..]];
        }
    }
}
