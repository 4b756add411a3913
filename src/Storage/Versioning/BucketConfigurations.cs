using System.Collections.Concurrent;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Versioning;

/// <summary>
/// What each bucket's configuration says, per epoch. An epoch's configuration never changes, so answers are kept for ever, but not
/// without bound.
/// </summary>
public sealed class BucketConfigurations(IObjectIndex index)
{
    /// <summary>Some 100 bytes each: at most 2 MB. When full, all are forgotten; each bucket then costs one read more.</summary>
    private const int Capacity = 20_000;

    private readonly ConcurrentDictionary<(BucketId Bucket, int Epoch), VersioningState> _known = new();
    private int _count;

    /// <summary>
    /// The versioning in force at <paramref name="epoch"/>, or null when the bucket is gone. Where the bucket has moved on to a later
    /// epoch, the state of that one: a commit at the earlier epoch is refused anyhow, and a reader may answer as of now.
    /// </summary>
    public ValueTask<VersioningState?> GetAsync(BucketId bucket, int epoch, CancellationToken cancellationToken) =>
        _known.TryGetValue((bucket, epoch), out var state)
            ? ValueTask.FromResult<VersioningState?>(state)
            : ReadAsync(bucket, cancellationToken);

    private async ValueTask<VersioningState?> ReadAsync(BucketId bucket, CancellationToken cancellationToken)
    {
        if (await index.GetConfigurationAsync(bucket, cancellationToken) is not { } configuration)
        {
            return null;
        }

        var state = BucketConfiguration.Decode(configuration.Record.Span);
        if (_known.TryAdd((bucket, configuration.Epoch), state) && Interlocked.Increment(ref _count) > Capacity)
        {
            _known.Clear();
            Interlocked.Exchange(ref _count, 0);
        }

        return state;
    }
}
