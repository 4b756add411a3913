namespace S3Cassandra.Storage.Cassandra.Servers;

/// <summary>What the shard maps of all buckets say.</summary>
/// <param name="Buckets">Buckets that are not deleted.</param>
/// <param name="Shards">Their shards.</param>
/// <param name="Replacing">Shards that are being replaced now.</param>
/// <param name="Abandoned">Shards whose replacement ran out of time; whoever meets one takes over.</param>
/// <param name="ChangingConfiguration">Buckets whose configuration is being changed.</param>
/// <param name="Deleting">Buckets that are being deleted.</param>
public sealed record MapSurvey(long Buckets, long Shards, long Replacing, long Abandoned, long ChangingConfiguration, long Deleting);
