using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Listing;

/// <summary>A page of a bucket's current objects to list. Names are bytes; keys order as bytes.</summary>
public readonly record struct ListRequest
{
    public required BucketId Bucket { get; init; }

    /// <summary>Only keys that begin with it.</summary>
    public ReadOnlyMemory<byte> Prefix { get; init; }

    /// <summary>Keys that hold it after the prefix are rolled up into one common prefix; empty: none are.</summary>
    public ReadOnlyMemory<byte> Delimiter { get; init; }

    /// <summary>
    /// Only what is above it: a key, or a common prefix, which stands for all keys that it rolled up. Empty: from the start.
    /// </summary>
    public ReadOnlyMemory<byte> After { get; init; }

    /// <summary>How many keys and common prefixes together, at most.</summary>
    public required int MaxKeys { get; init; }
}
