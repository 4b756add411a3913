using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Objects;

/// <summary>The head of a key, shown or hidden, unpacked.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Record">The current version: an object, or a delete marker where the head is hidden.</param>
internal sealed record KeyHead(IndexRow Row, ObjectRecord Record)
{
    /// <summary>The suffix of the null version's row, where it has one; empty otherwise.</summary>
    public ReadOnlyMemory<byte> NullSuffix => Record.HasVersionRows ? Record.NullVersionSuffix : default;

    /// <summary>Whether the bytes live in the row.</summary>
    public bool IsInline => Record is { Size: > 0, Parts.Count: 0, Manifest: null };

    public static KeyHead? Of(KeyRows rows) => rows.AnyHead is { } row ? new KeyHead(row, ObjectRecordCodec.Decode(row.Record)) : null;

    /// <summary>Where a head for this version stands.</summary>
    public static RowAddress AddressFor(ObjectRecord version) => version.IsDeleteMarker ? RowAddress.HiddenHead : RowAddress.Head;

    /// <summary>The version's own row, as distinct from the head.</summary>
    public static RowWrite VersionRow(ReadOnlyMemory<byte> suffix, ObjectRecord version, ReadOnlyMemory<byte> body) => new(
        new RowAddress(IndexSection.Version, suffix),
        Guid.NewGuid(),
        ObjectRecordCodec.Encode(version with { HasVersionRows = false, NullVersionSuffix = default }),
        body);

    /// <summary>A head for this version.</summary>
    public static RowWrite HeadRow(ObjectRecord version, ReadOnlyMemory<byte> body) =>
        new(AddressFor(version), Guid.NewGuid(), ObjectRecordCodec.Encode(version), body);
}
