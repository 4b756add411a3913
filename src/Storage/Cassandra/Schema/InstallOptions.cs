using S3Cassandra.Storage.Cassandra.Settings;

namespace S3Cassandra.Storage.Cassandra.Schema;

/// <summary>What <see cref="SchemaInstaller"/> is to make, and where.</summary>
public sealed record InstallOptions
{
    /// <summary>How to reach the cluster, and the keyspace; for its name see <see cref="KeyspaceName"/>.</summary>
    public required CassandraStoreOptions Store { get; init; }

    /// <summary>Null: the keyspace must be there already (an upgrade).</summary>
    public Replication? Replication { get; init; }

    /// <summary>Whether one replica will do where there are several nodes: everything on a node is lost with it.</summary>
    public bool AllowSingleReplica { get; init; }

    /// <summary>How long to wait for a cluster that answers, and then for as many nodes as there are to be replicas.</summary>
    public TimeSpan NodesWait { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets a line for each step.</summary>
    public Action<string> Progress { get; init; } = static _ => { };

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
