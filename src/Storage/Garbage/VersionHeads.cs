using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.Storage.Garbage;

/// <summary>Whether the heads and the version rows of a bucket's keys belong together.</summary>
internal sealed class VersionHeads(IObjectIndex index, BucketId bucket)
{
    private byte[] _lastKey = [];
    private bool _lastExists;

    /// <summary>Whether the key has a head, shown or hidden; version rows of one key come one after the other.</summary>
    public async ValueTask<bool> ExistsAsync(ReadOnlyMemory<byte> key, CancellationToken cancellationToken)
    {
        if (!key.Span.SequenceEqual(_lastKey))
        {
            var rows = await index.ReadAsync(bucket, new KeyRead(ObjectKey.FromStored(key.Span)), cancellationToken);
            _lastExists = rows is null || rows.AnyHead is not null;
            _lastKey = key.ToArray();
        }

        return _lastExists;
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
