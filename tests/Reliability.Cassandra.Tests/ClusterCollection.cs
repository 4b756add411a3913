namespace S3Cassandra.Reliability.Cassandra.Tests;

/// <summary>Tests that do something to the nodes: one at a time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ClusterCollection
{
    public const string Name = "Cluster";
}
