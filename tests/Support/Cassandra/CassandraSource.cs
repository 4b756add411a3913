namespace S3Cassandra.Support.Cassandra;

/// <summary>Where a plain node for tests comes from.</summary>
public enum CassandraSource
{
    /// <summary>A cluster that runs already, named by CASSANDRA_CONTACT_POINTS.</summary>
    ContactPoints,

    /// <summary>Nodes that the tests start from a folder with <c>bin/node</c>.</summary>
    Home,

    /// <summary>A container, where Docker runs; where it does not, there is none.</summary>
    Docker,
}
