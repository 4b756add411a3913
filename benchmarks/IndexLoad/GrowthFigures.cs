namespace S3Cassandra.IndexLoad;

/// <summary>What operations cost in a bucket of so many keys.</summary>
/// <param name="Keys">Keys in the bucket.</param>
/// <param name="Shards">Its shards.</param>
/// <param name="Put">Writes of new keys, 16 at once.</param>
/// <param name="Get">Reads of any key, 16 at once.</param>
/// <param name="List">Pages of 1,000 from anywhere, 4 at once.</param>
/// <param name="First">The first page, one at a time.</param>
/// <param name="Last">The last page, one at a time.</param>
/// <param name="Memory">Resident memory of the client, in MiB.</param>
internal sealed record GrowthFigures(
    long Keys, long Shards, OperationFigures Put, OperationFigures Get, OperationFigures List, OperationFigures First, OperationFigures Last, long Memory);
