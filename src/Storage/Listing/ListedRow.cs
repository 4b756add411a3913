using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Listing;

/// <summary>An object, a version or a delete marker of a listing; its memory lives as long as the <see cref="ListPage"/>.</summary>
/// <param name="Key">The key.</param>
/// <param name="Suffix">Of its row: empty for a head, the clock-ordered bytes for a version.</param>
/// <param name="Record">The packed record, for <see cref="Objects.ObjectSummary"/>.</param>
/// <param name="IsLatest">Whether it is the key's current version.</param>
public readonly record struct ListedRow(ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Suffix, ReadOnlyMemory<byte> Record, bool IsLatest)
{
    /// <summary>
    /// What a later page names to go on below this version: its version id, but for a null version that has a row among others the
    /// row's own suffix, which keeps its place even when that version is gone by then.
    /// </summary>
    public VersionId Marker => Suffix.IsEmpty ? VersionId.Null : VersionId.FromBytes(Suffix.Span);
}
