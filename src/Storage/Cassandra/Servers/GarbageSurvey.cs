namespace S3Cassandra.Storage.Cassandra.Servers;

/// <summary>What waits for the sweepers.</summary>
/// <param name="Written">Blobs that were begun: looked at a day later, and forgotten where an object refers to them.</param>
/// <param name="Released">Blobs that a commit let go of.</param>
/// <param name="EndedUploads">Uploads that ended, with their parts.</param>
/// <param name="Shards">Shards that were made or replaced.</param>
/// <param name="Oldest">When the oldest was named; null: there is none.</param>
/// <param name="More">Whether there are more than were counted.</param>
public sealed record GarbageSurvey(long Written, long Released, long EndedUploads, long Shards, DateTimeOffset? Oldest, bool More)
{
    public long Total => Written + Released + EndedUploads + Shards;
}
