using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.Storage.Garbage;

/// <summary>Whether the heads and the version rows of a bucket's keys belong together.</summary>
internal sealed class VersionHeads(IObjectIndex index, BucketId bucket)
{
    private byte[] _lastKey = [];

    /// <summary>Whether this is the first version row of a key that has no head, shown or hidden; a key's come one after the other.</summary>
    public async ValueTask<bool> IsFirstWithoutHeadAsync(ReadOnlyMemory<byte> key, CancellationToken cancellationToken)
    {
        if (key.Span.SequenceEqual(_lastKey))
        {
            return false;
        }

        _lastKey = key.ToArray();
        var rows = await index.ReadAsync(bucket, new KeyRead(ObjectKey.FromStored(key.Span)), cancellationToken);
        return rows is { AnyHead: null };
    }

    /// <summary>Whether the version that a head shows has a row of its own, unless the head has changed meanwhile.</summary>
    public async ValueTask<bool> HasVersionAsync(ReadOnlyMemory<byte> key, ObjectRecord head, CancellationToken cancellationToken)
    {
        var suffix = head.VersionId.IsNull ? head.NullVersionSuffix : head.VersionId.ToBytes();
        var rows = await index.ReadAsync(bucket, new KeyRead(ObjectKey.FromStored(key.Span), Version: suffix), cancellationToken);
        return rows?.AnyHead is not { } now
            || rows.Find(new RowAddress(IndexSection.Version, suffix)) is not null
            || ObjectRecordCodec.Decode(now.Record).Clock != head.Clock;
    }
}
