namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>A key halfway between two others, where keys are read as fractions of base 256.</summary>
internal static class KeyMiddle
{
    /// <param name="from">The lower one.</param>
    /// <param name="before">The upper one.</param>
    /// <param name="isOpen">There is no upper one.</param>
    /// <returns>A key above the one and below the other, or null where there is hardly any.</returns>
    public static ReadOnlyMemory<byte>? Between(ReadOnlySpan<byte> from, ReadOnlySpan<byte> before, bool isOpen)
    {
        var middle = new byte[Math.Max(from.Length, before.Length) + 1];
        var carry = 0;
        for (var i = middle.Length - 1; i >= 0; i--)
        {
            var sum = carry + (i < from.Length ? from[i] : 0) + (!isOpen && i < before.Length ? before[i] : 0);
            middle[i] = (byte)sum;
            carry = sum >> 8;
        }

        // Half of it: what lies left of the point moves in at the left.
        carry += isOpen ? 1 : 0;
        for (var i = 0; i < middle.Length; i++)
        {
            var value = (carry << 8) | middle[i];
            middle[i] = (byte)(value >> 1);
            carry = value & 1;
        }

        var key = middle.AsSpan().TrimEnd((byte)0);
        var isBetween = key.SequenceCompareTo(from) > 0 && (isOpen || key.SequenceCompareTo(before) < 0);
        return isBetween ? middle.AsMemory(0, key.Length) : (ReadOnlyMemory<byte>?)null;
    }
}
