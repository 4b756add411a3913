namespace S3Cassandra.Storage.Listing;

/// <summary>Where a listing of versions begins.</summary>
/// <param name="From">The first key; null: nothing can follow.</param>
/// <param name="FromSuffix">The first suffix of that key, where the page begins among its versions; empty otherwise.</param>
/// <param name="Newest">In that case: the suffix of the key's current version.</param>
internal readonly record struct VersionsStart(
    ReadOnlyMemory<byte>? From, ReadOnlyMemory<byte> FromSuffix = default, ReadOnlyMemory<byte> Newest = default);
