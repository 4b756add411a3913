using System.Net;

namespace S3Cassandra.Cql.Cluster;

/// <summary>One node of the cluster, with the connections to it. Another address, data centre or rack makes another node of it.</summary>
internal sealed class Node(Guid hostId, IPEndPoint address, string datacenter, string rack)
{
    public Guid HostId { get; } = hostId;

    public IPEndPoint Address { get; } = address;

    public string Datacenter { get; } = datacenter;

    public string Rack { get; } = rack;

    /// <summary>Null for a node that this session does not send to: one of another data centre.</summary>
    public NodePool? Pool { get; set; }

    public bool Is(NodeDescription description) =>
        HostId == description.HostId && Address.Equals(description.Address) && Datacenter == description.Datacenter && Rack == description.Rack;

    public override string ToString() => Address.ToString();
}
