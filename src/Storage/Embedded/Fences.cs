using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Embedded;

/// <summary>
/// Up to when each key's commits are fenced off. Kept in memory: what could come late can only come out of this process. Used by the
/// writer's thread alone. Bounded: the oldest fences become one for all keys, which fences more than was asked and never less.
/// </summary>
internal sealed class Fences
{
    private const int Maximum = 100_000;

    private readonly Dictionary<(BucketId Bucket, ObjectKey Key), DateTimeOffset> _fences = [];
    private readonly Queue<(BucketId Bucket, ObjectKey Key)> _oldest = [];
    private DateTimeOffset _all = DateTimeOffset.MinValue;

    public bool Raise(BucketId bucket, ObjectKey key, DateTimeOffset before)
    {
        if (before <= Of(bucket, key))
        {
            return true;
        }

        if (_fences.TryAdd((bucket, key), before))
        {
            _oldest.Enqueue((bucket, key));
        }
        else
        {
            _fences[(bucket, key)] = before;
        }

        if (_oldest.Count > Maximum && _fences.Remove(_oldest.Dequeue(), out var dropped) && dropped > _all)
        {
            _all = dropped;
        }

        return true;
    }

    public DateTimeOffset Of(BucketId bucket, ObjectKey key) =>
        _fences.TryGetValue((bucket, key), out var fence) && fence > _all ? fence : _all;
}
