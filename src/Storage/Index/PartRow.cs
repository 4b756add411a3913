namespace S3Cassandra.Storage.Index;

/// <summary>
/// An uploaded part. Immutable: a part uploaded again is another row with a later stamp; Complete picks by the ETag that the client names.
/// </summary>
/// <param name="Number">1 to 10,000.</param>
/// <param name="Stamp">
/// Orders the rows of one number by time of upload: microseconds since 1970 when it began in the upper 8 bytes, random ones below.
/// </param>
/// <param name="Record">The packed record (size, ETag, checksums, blob); at most 64 KiB.</param>
/// <param name="Body">The part's bytes where they live in the row; empty in listings.</param>
public sealed record PartRow(int Number, UInt128 Stamp, ReadOnlyMemory<byte> Record, ReadOnlyMemory<byte> Body)
{
    /// <summary>The lowest stamp of that moment: every stamp of an earlier one is below it.</summary>
    public static UInt128 StampAt(DateTimeOffset moment) =>
        moment <= DateTimeOffset.UnixEpoch
            ? UInt128.Zero
            : new UInt128((ulong)((moment - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond), 0);
}
