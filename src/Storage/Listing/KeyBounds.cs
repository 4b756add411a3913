namespace S3Cassandra.Storage.Listing;

/// <summary>Bounds of key ranges, as bytes compared unsigned.</summary>
internal static class KeyBounds
{
    /// <summary>The least byte string above every one that begins with <paramref name="prefix"/>; null where there is none.</summary>
    public static ReadOnlyMemory<byte>? AbovePrefix(ReadOnlySpan<byte> prefix)
    {
        var length = prefix.Length;
        while (length > 0 && prefix[length - 1] == 0xFF)
        {
            length--;
        }

        if (length == 0)
        {
            return null;
        }

        var bound = prefix[..length].ToArray();
        bound[^1]++;
        return bound;
    }

    /// <summary>The least byte string above <paramref name="bytes"/>.</summary>
    public static ReadOnlyMemory<byte> Above(ReadOnlySpan<byte> bytes)
    {
        var bound = new byte[bytes.Length + 1];
        bytes.CopyTo(bound);
        return bound;
    }
}
