using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using S3Cassandra.Cql.Connections;

namespace S3Cassandra.Cql.Sessions;

/// <summary>How a session reaches its cluster and treats statements that do not say otherwise.</summary>
public sealed record CqlSessionOptions
{
    /// <summary>Nodes to begin with: <c>host</c> or <c>host:port</c>, names or addresses; every address of a name is tried. One that answers is enough.</summary>
    public required IReadOnlyList<string> ContactPoints { get; init; }

    /// <summary>The port of contact points that name none.</summary>
    public int Port { get; init; } = 9042;

    /// <summary>The data centre whose nodes are used; null: that of the first contact point that answers.</summary>
    public string? LocalDatacenter { get; init; }

    /// <summary>The keyspace of names without one; it must exist. Null: every statement names its own.</summary>
    public string? Keyspace { get; init; }

    public string? Username { get; init; }

    public string? Password { get; init; }

    /// <summary>Null: no TLS.</summary>
    public TlsOptions? Tls { get; init; }

    /// <summary>The version to begin with. A node that does not speak v5 is asked for v4, with a line in the log.</summary>
    public ProtocolVersion ProtocolVersion { get; init; } = ProtocolVersion.V4;

    /// <summary>Where a node is reached that calls itself by another address: proxies, address translation.</summary>
    public Func<IPEndPoint, IPEndPoint>? AddressTranslator { get; init; }

    /// <summary>Connections per node for small requests.</summary>
    public int MetadataConnections { get; init; } = 2;

    /// <summary>Connections per node for large ones.</summary>
    public int BlobConnections { get; init; } = 2;

    /// <summary>Bytes of requests under way per node; more wait their turn.</summary>
    public long MaxBytesInFlight { get; init; } = 32 * 1024 * 1024;

    /// <summary>Requests under way per connection.</summary>
    public int MaxRequestsPerConnection { get; init; } = 2048;

    /// <summary>Largest answer in bytes.</summary>
    public int MaxFrameLength { get; init; } = 64 * 1024 * 1024;

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A connection that received nothing for so long is asked whether it lives; after 2 s already while requests are under way on it.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A connection that does not answer that in so long, or takes no bytes for so long, is given up; what was under way on it ends.</summary>
    public TimeSpan HeartbeatTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For a statement that names no timeout of its own, all attempts together.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(12);

    public Consistency Consistency { get; init; } = Consistency.LocalQuorum;

    public Consistency SerialConsistency { get; init; } = Consistency.LocalSerial;

    /// <summary>Rows per page of statements that name no size.</summary>
    public int PageSize { get; init; } = 5000;

    /// <summary>How long the nodes may take to agree on the schema after it was changed.</summary>
    public TimeSpan SchemaAgreementTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether nodes of other data centres are tried at last, for consistency levels that are not LOCAL_*. They are then connected to as
    /// the local ones are.
    /// </summary>
    public bool AllowRemoteDatacenters { get; init; }

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    internal void Validate()
    {
        if (ContactPoints.Count == 0)
        {
            throw new ArgumentException("A session needs at least one contact point.");
        }
        if (MetadataConnections < 1 || BlobConnections < 0 || MaxBytesInFlight < 1 || MaxRequestsPerConnection is < 1 or > 32768 || PageSize < 1)
        {
            throw new ArgumentException("A session needs a metadata connection, at least a byte and a request (at most 32,768) in flight, and pages of a row.");
        }
        if ((Username is null) != (Password is null))
        {
            throw new ArgumentException("A user name and a password come together.");
        }
    }

    /// <summary>Neither the password nor anything else of how the session authenticates.</summary>
    public override string ToString() => $"{string.Join(", ", ContactPoints)} ({Keyspace ?? "no keyspace"})";
}
