namespace S3Cassandra.Cql.Tests.Cassandra;

/// <summary>Everything that drives real Cassandra: one test at a time, when the others are done.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class CassandraCollection
{
    public const string Name = "Cassandra";
}
