using System.Net;
using Microsoft.Extensions.Logging;
using S3Cassandra.Cql.Connections;

namespace S3Cassandra.Cql.Cluster;

/// <summary>How a cluster is found and connected to.</summary>
internal sealed record ClusterOptions
{
    public required IReadOnlyList<ContactPoint> ContactPoints { get; init; }

    public required ConnectionOptions Connection { get; init; }

    public string? LocalDatacenter { get; init; }

    public string? Keyspace { get; init; }

    public Func<IPEndPoint, IPEndPoint>? AddressTranslator { get; init; }

    public int MetadataConnections { get; init; } = 2;

    public int BlobConnections { get; init; } = 2;

    public long MaxBytesInFlight { get; init; } = 32 * 1024 * 1024;

    public bool AllowRemoteDatacenters { get; init; }

    /// <summary>For one query of the control connection.</summary>
    public TimeSpan QueryTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// From an event to looking at what it means: a node that has just come up does not take connections yet (native_protocol_v4.spec,
    /// section 4.2.6), and events come in swarms.
    /// </summary>
    public TimeSpan EventDelay { get; init; } = TimeSpan.FromSeconds(1);

    public TimeProvider Time => Connection.TimeProvider;

    public ILogger Logger => Connection.Logger;
}
