using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Tables;

/// <summary>
/// One conditional batch on a shard: the fence, and the changes of a few keys. Applies whole or not at all:
/// <c>SET done[me] = number, tally[me] = tally IF state = ACTIVE AND epoch = e AND done[me] = previous AND min_upload &lt;= started</c>, with
/// every commit's conditions.
/// </summary>
/// <param name="Server">Who commits.</param>
/// <param name="Epoch">The configuration that the commits act on.</param>
/// <param name="Previous">The server's entry in <c>done</c> before it, or null for none.</param>
/// <param name="Number">Its entry after it: never a number that it used before here.</param>
/// <param name="Started">When the oldest upload began that a commit refers to, in microseconds since 1970.</param>
/// <param name="Tally">The server's tally after it.</param>
/// <param name="Commits">The changes; each of another key. No row occurs twice.</param>
internal sealed record ShardBatch(
    IncarnationId Server,
    int Epoch,
    long? Previous,
    long Number,
    long Started,
    Tally Tally,
    IReadOnlyList<IndexCommit> Commits);
