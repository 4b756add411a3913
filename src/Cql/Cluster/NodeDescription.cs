using System.Net;

namespace S3Cassandra.Cql.Cluster;

/// <summary>What the system tables say of one node.</summary>
/// <param name="HostId">Its identity, whatever address it has.</param>
/// <param name="Address">Where it is reached, translated.</param>
internal sealed record NodeDescription(Guid HostId, IPEndPoint Address, string Datacenter, string Rack, IReadOnlyList<long> Tokens);
