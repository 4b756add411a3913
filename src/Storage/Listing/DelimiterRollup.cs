namespace S3Cassandra.Storage.Listing;

/// <summary>Which keys a delimiter rolls up: from the prefix to the end of the first delimiter after it is the common prefix.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-prefixes.html"/>
internal readonly struct DelimiterRollup(ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> delimiter)
{
    public bool IsEmpty => delimiter.IsEmpty;

    /// <summary>The length of the common prefix of a key that begins with the prefix; 0 when the key is listed itself.</summary>
    public int LengthFor(ReadOnlySpan<byte> key)
    {
        if (delimiter.IsEmpty)
        {
            return 0;
        }

        var at = key[prefix.Length..].IndexOf(delimiter.Span);
        return at < 0 ? 0 : prefix.Length + at + delimiter.Length;
    }

    /// <summary>
    /// Where to begin so that only what is above <paramref name="marker"/> is listed: a common prefix that the marker lies in is not above
    /// it. Null: nothing can follow.
    /// </summary>
    public ReadOnlyMemory<byte>? Begin(ReadOnlyMemory<byte> marker)
    {
        if (!marker.Span.StartsWith(prefix.Span))
        {
            return marker.Span.SequenceCompareTo(prefix.Span) < 0 ? prefix : KeyBounds.AbovePrefix(prefix.Span);
        }

        if (marker.IsEmpty)
        {
            return prefix;
        }

        return LengthFor(marker.Span) is > 0 and var length
            ? KeyBounds.AbovePrefix(marker.Span[..length])
            : KeyBounds.Above(marker.Span);
    }
}
