namespace S3Cassandra.Storage.Cassandra.Tables;

/// <summary>A bucket's shard map: the only authority on which shard holds what.</summary>
/// <param name="Entries">In order of <see cref="MapEntry.Lo"/>; the first begins at the empty key.</param>
/// <param name="Epoch">The configuration that is being put, or is, in force.</param>
/// <param name="EpochDone">The configuration that every shard carries: what a reader of the configuration is told.</param>
/// <param name="State">See <see cref="BucketState"/>.</param>
/// <param name="Deleter">Who deletes the bucket.</param>
/// <param name="DeleterUntil">When the deletion may be taken over.</param>
internal sealed record ShardMap(
    IReadOnlyList<MapEntry> Entries,
    int Epoch,
    int EpochDone,
    BucketState State,
    AttemptId? Deleter,
    DateTimeOffset? DeleterUntil)
{
    /// <summary>The entry whose range holds the key.</summary>
    public MapEntry EntryOf(ReadOnlySpan<byte> key) => Entries[IndexOf(key)];

    public int IndexOf(ReadOnlySpan<byte> key)
    {
        var (low, high) = (0, Entries.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (Entries[middle].Lo.Span.SequenceCompareTo(key) <= 0)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }

    /// <summary>The entry of a shard, or null when the map does not name it.</summary>
    public MapEntry? Find(ShardId shard)
    {
        foreach (var entry in Entries)
        {
            if (entry.Shard == shard)
            {
                return entry;
            }
        }

        return null;
    }

    /// <summary>Whether an attempt may yet decide something. A deleter that is done stays named, and decides nothing any more.</summary>
    public bool Shows(AttemptId attempt) => IsDeletedBy(attempt) || Entries.Any(entry => entry.Attempt == attempt);

    /// <summary>Whether the bucket is being deleted by this attempt.</summary>
    public bool IsDeletedBy(AttemptId attempt) => State == BucketState.Deleting && Deleter == attempt;
}
