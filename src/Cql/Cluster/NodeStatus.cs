using System.Net;

namespace S3Cassandra.Cql.Cluster;

/// <summary>A node as this session sees it at one moment.</summary>
/// <param name="IsUp">Whether a connection to it is open.</param>
/// <param name="Connections">Open connections.</param>
/// <param name="InFlight">Requests under way on them.</param>
/// <param name="BytesInFlight">Bytes of requests under way, of the budget per node.</param>
/// <param name="Failure">Why the last connection ended or could not be made, where none is open.</param>
public sealed record NodeStatus(
    Guid HostId, IPEndPoint Address, string Datacenter, string Rack, bool IsUp, int Connections, int InFlight, long BytesInFlight, CqlException? Failure);
