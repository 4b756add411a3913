using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Tests.Simulation;

/// <summary>The product's parts of one life of a simulated server.</summary>
/// <param name="Server">Where they run.</param>
/// <param name="Client">S3's operations there.</param>
/// <param name="Index">The index as it is.</param>
/// <param name="ReplaceAsync">Begins a replacement of some shard, or two.</param>
/// <param name="SweepShardsAsync">Looks at the shards that are suspects.</param>
internal sealed record ServerNode(
    SimulatedServer Server,
    SimulatedClient Client,
    IObjectIndex Index,
    Func<BucketId, Task> ReplaceAsync,
    Func<Task> SweepShardsAsync);
